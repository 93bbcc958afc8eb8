"""Exports that hold no contact with a family, or no roster, built as files: each is refused with a sentence."""

import csv

import pytest

from data.errors import Refusal
from data.load.plan import plan
from tests.support.rosters import fresh_store

REFUSED = {
    "announcement_delivery.csv": "Status\nDelivered\nSkipped\nFailed\n",
    "message_delivery_report.csv": "Sent messages,Delivered messages,Failed messages,Ineligible messages,Read\n"
    "120,110,8,2,64\n90,88,1,1,40\n",
    "truancy_call_results.csv": "Status,Response\nLeft Message,Ans mach\nAware,Text reply\n",
    "family_contacts.csv": "StudentID,ParentFirstName,ParentLastName,HomePhone,WorkPhone,Email,Relationship,"
    "ContactType,Language,CellPhone\n00123,Pa,Bo,2015550101,,pa@m.example,Father,Parent1,Spanish,\n",
    "GroupMessagesQueueLog.csv": "Id,Type,QueuedDateTime,StaffUniqueIdSent,SchoolId,Audience,FilterParams,Subject,Body,"
    "SentStatus,RetryCount,Data,DateSent\n"
    "1,Group,2025-09-02 08:00:00,501,101,Grade 6,,Field trip,Please sign,3,0,,2025-09-02 08:05:00\n"
    "2,Individual Group,2025-09-03 08:00:00,502,101,Grade 7,,Picture day,Tomorrow,4,2,,2025-09-03 08:05:00\n",
    "schools.csv": "school_id,school_name,school_zip,school_address,school_city,school_state,principal_first_name,"
    "principal_last_name,principal_email,school_phone\n101,Oak,07001,1 Elm,Elm,NJ,P,Q,p@q.example,2015550101\n",
    "parents.csv": "school_id,student_id,first_name,last_name,parent_id,relationship,language,email,mobile,"
    "secondary_phone\n101,00123,Pa,Bo,1,Father,Spanish,p@b.example,2015550101,\n",
    "emergency_contacts.csv": "school_id,student_id,contact_id,first_name,last_name,email,phone\n"
    "101,00123,77,Pa,Bo,p@b.example,2015550101\n",
    "staff.csv": "school_id,staff_id,first_name,last_name,email,mobile,title,login,secondary_phone\n"
    "101,501,Rosa,Rivera,r@s.example,2015550101,Teacher,rrivera,\n",
    "contact_log_history.csv": 'Course,Author,Date,Contents\nArt 1,"Rivera, Rosa",09/02/2025,Called about the work\n'
    'Art 1,"Rivera, Rosa",09/03/2025,Wrote about the next unit\n',
    "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
    "101,active,,Oak,school,101,d1\nd1,active,,Elm district,district,1,\n",
    "enrollments.csv": "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,"
    "beginDate,endDate\ne1,active,,c1,101,u1,student,,2025-08-20,2026-06-10\n",
    "demographics.csv": "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,"
    "blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,"
    "hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus\n"
    "u1,active,,2013-04-02,female,false,false,true,false,false,false,false,,,,\n",
    "sections.csv": "school_id,section_id,staff_id,course_name,term_id,period_number,section_number,is_primary\n"
    "101,9001,501,Art 1,3501,2,1,1\n",
    "rosters.csv": "school_id,section_id,student_id\n101,9001,00123\n101,9001,00124\n",
    "classes.csv": "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
    "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n"
    "c1,active,,Art 1,06,k1,ART1,scheduled,Room 5,101,t1,Art,,2\nc2,active,,Math 1,07,k2,MAT1,scheduled,,101,t1,,,3\n",
    "courses.csv": "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,"
    "subjects,subjectCodes\nk1,active,,y1,Art 1,ART1,06,101,Art,\nk2,active,,y1,Math 1,MAT1,07,101,Math,\n",
    "academicSessions.csv": "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,"
    "schoolYear\nt1,active,,Fall,semester,2025-08-20,2026-01-15,y1,2026\n",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_log_and_no_roster_is_refused_with_a_sentence(name, tmp_path):
    path = tmp_path / name
    path.write_text(REFUSED[name], encoding="utf-8")
    with fresh_store(tmp_path / "store") as store, pytest.raises(Refusal) as refusal:
        plan(store, path, name, "Ms. Rivera")
    assert refusal.value.sentence.endswith((".", "?"))


def test_oneroster_users_of_the_newer_kind_are_refused_alone(tmp_path):
    path = tmp_path / "users.csv"
    path.write_text(
        "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,"
        "email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,"
        "preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n"
        "u1,active,2025-08-01T00:00:00Z,true,ana,,Ana,Bo,,00123,a@m.example,,,,06,,,,,,,101,\n"
        "u2,active,2025-08-01T00:00:00Z,true,cy,,Cy,Lee,,00124,c@m.example,,,,07,,,,,,,101,\n",
        encoding="utf-8",
    )
    with fresh_store(tmp_path / "store") as store, pytest.raises(Refusal) as refusal:
        plan(store, path, "users.csv", "Ms. Rivera")
    assert refusal.value.code == "oneroster_part"


FOLLOWUPS = {
    "FollowupID": "12", "FollowupType": "Call", "FollowupNotes": "", "InitTS": "2025-09-03 14:00:00", "InitBy": "501",
    "InitNotes": "Out for three days", "OpenTS": "2025-09-03 14:00:00", "CloseTS": "2025-09-05 09:00:00",
    "CloseBy": "502", "Outstanding": "N", "TicketStatus": "Closed", "TicketType": "Attendance", "TicketTypeID": "7",
    "ResponseID": "3", "ResponseType": "Called", "LongType": "Attendance: 3 days", "SourceID": "88", "SchoolID": "101",
    "StudentID": "5001", "StudentSchoolID": "00123", "FirstName": "Ana", "MiddleName": "", "LastName": "Bo",
    "GradeLevelShort": "1st", "cFirst": "Rosa", "cMiddle": "", "cLast": "Rivera", "cTitle": "Dean", "iFirst": "Sam",
    "iMiddle": "", "iLast": "Hall", "iTitle": "Teacher", "ExtStatus": "", "URL": "https://dl.example/12",
}  # fmt: skip
ANOTHER = {"FollowupID": "13", "StudentID": "5002", "StudentSchoolID": "00124", "FirstName": "Cy", "LastName": "Lee"}


def test_followups_are_read_by_the_number_of_the_student_system(tmp_path):
    path = tmp_path / "followups.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([FOLLOWUPS, FOLLOWUPS.values(), {**FOLLOWUPS, **ANOTHER}.values()])
    with fresh_store(tmp_path / "store") as store:
        preview = plan(store, path, "followups.csv", "Ms. Rivera", kind="contacts")[0]
        found = preview.sheets[0].mapping.fields
        fields = {field: one.header for field, one in found.items() if one.column is not None}
        preview.close()
    assert (fields["student_id"], fields["first_name"], fields["last_name"]) == (
        "StudentSchoolID", "FirstName", "LastName",
    )  # fmt: skip
    assert fields["grade"] == "GradeLevelShort"
    assert not {"FollowupNotes", "InitNotes", "URL", "cLast", "iLast"} & set(fields.values())
