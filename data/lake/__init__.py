"""Past one machine: clean tables and facts as Parquet on shared storage.

layout    where everything lies in a lake, and which version of the facts is current
export    a store's clean tables -> Parquet, partitioned by school year and month
facts     the SQL of analytics/facts on a Spark cluster, over Spark Connect: by month, resumable
store     a lake read as a store: the dashboard's pages ask it the same questions

A state's own pipeline can write the same layout (docs/lake.md); a district hardly ever needs any of this.
"""
