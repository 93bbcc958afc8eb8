"""Header sets with values, and the columns that they should be read from. All names and numbers are invented.

A set is (name, kind, [(header, values)], {field: header}). Values are a list that is repeated, or the name of a
generator below.
"""

from data.mapping import column_of

FIRST = ["Maria", "Jo", "Ana", "Luis", "Kim", "Omar", "Lea", "Noor", "Ben", "Ivy", "Zoe", "Max"]
LAST = ["Lopez", "Smith", "O'Neil", "Nguyen", "Diaz", "Byrd", "Chen", "Okafor"]
ROWS = 36

NOTE = [
    "Called about the missing math work and the plan for the next weeks at home and in class.",
    "We talked through the week; family will check the planner every night and sign it.",
    "Left message asking to call back about the field trip form before the end of Friday.",
    "Mom said the bus was late again, so we agreed on a new pick up place near the park.",
    "Explained the reading group and the extra help after school on Tuesday and Thursday.",
]

MAKERS = {
    "id": lambda i: f"{100200 + i % 14:08d}",
    "state_id": lambda i: f"{8800000000 + (i % 14) * 7}",
    "dcid": lambda i: str(4000 + i % 14),
    "record": lambda i: str(900100 + i),
    "uuid": lambda i: f"a{i:07d}-00ff-4c3d-9e9a-0000{i:08d}",
    "name": lambda i: f"{FIRST[i % 12]} {LAST[i % 8]}",
    "lastfirst": lambda i: f"{LAST[i % 8]}, {FIRST[i % 12]}",
    "first": lambda i: FIRST[i % 12],
    "last": lambda i: LAST[i % 8],
    "middle": lambda i: "ABCDEFG"[i % 7],
    "parent": lambda i: f"{FIRST[(i + 5) % 12]} {LAST[i % 8]}",
    "staff": lambda i: ["Ms. Rivera", "Mr. Hall", "Dr. Stone"][i % 3],
    "staff_lf": lambda i: ["Rivera, Rosa", "Hall, Sam", "Stone, Pat"][i % 3],
    "date": lambda i: f"{9 + i % 4}/{1 + i % 28}/2025",
    "iso": lambda i: f"2025-{9 + i % 4:02d}-{1 + i % 28:02d}",
    "datetime": lambda i: f"2025-{9 + i % 4:02d}-{1 + i % 28:02d} 14:{i % 60:02d}:00",
    "utc": lambda i: f"2025-{9 + i % 4:02d}-{1 + i % 28:02d}T14:{i % 60:02d}:00Z",
    "us_datetime": lambda i: f"{9 + i % 4:02d}/{1 + i % 28:02d}/2025 {1 + i % 11}:{i % 60:02d} PM",
    "short_date": lambda i: f"{9 + i % 4}/{1 + i % 28}",
    "birth": lambda i: f"{1 + i % 12}/{1 + i % 28}/2012",
    "time": lambda i: f"{1 + i % 11}:{i % 60:02d} PM",
    "notes": lambda i: f"{NOTE[i % 5]} ({i})",
    "phone": lambda i: f"({200 + i % 700}) 555-01{i % 90 + 10}",
    "email": lambda i: f"family{i}@mail.example",
    "number": lambda i: str(3 + i % 40),
    "grade": lambda i: str(1 + i % 12),
    "school": lambda i: ["Lincoln Middle School", "Oak Elementary", "East High"][i % 3],
    "school_id": lambda i: ["0101", "0102", "0244"][i % 3],
    "yn": lambda i: "YN"[i % 2],
    "tf": lambda i: ["true", "false"][i % 2],
    "race": lambda i: ["White", "Black", "Asian", "Hispanic"][i % 4],
    "street": lambda i: f"{100 + i} Elm Street",
    "empty": lambda i: "",
    "entry": lambda i: "8/18/2025",
}

CHANNEL = ["Phone Call", "Email", "Text", "In Person"]
CODES = ["P", "E", "IP", "SMS", "L", "VC"]
OUTCOME = ["Completed", "Left Message", "No Answer"]
TOPIC = ["Academics", "Attendance", "Behavior", "Positive"]


def columns(pairs):
    """The profiles of a set's columns."""
    made = []
    for index, (header, values) in enumerate(pairs):
        maker = MAKERS[values] if isinstance(values, str) else (lambda i, given=values: given[i % len(given)])
        made.append(column_of(index, header, [maker(i) for i in range(ROWS)]))
    return made


def empty(headers):
    """Pairs for columns whose values do not matter: blank ones."""
    return [(header, "empty") for header in headers.split("|")]


KNOWN = [
    ("DeansList comm log", "contacts", [
        ("RecordID", "record"), ("RecordType", ["SCL"]), ("CallDateTime", "datetime"), ("CallStatus", ["Completed", "Left Message", "Unreachable", ""]),
        ("CallStatusID", ["1", "2", "3"]), ("CallType", CODES), ("CommunicationWithID", "dcid"), ("CommunicationWithName", "parent"),
        ("CommunicationWithType", ["REL", "P", "ED", "STU", "3P"]), ("EducatorName", "staff_lf"), ("Email", "email"), ("IsDraft", "tf"),
        ("MailingAddress", "street"), ("PersonContacted", "parent"), ("PhoneNumber", "phone"), ("Reason", ["Att: Absent", "Chronic Absence: 3", "Parent initiated", "Positive"]),
        ("ReasonID", ["12", "14"]), ("Relationship", ["Mother", "Father", "Aunt"]), ("Response", "notes"), ("ThirdPartyName", "empty"),
        ("Topic", "notes"), ("UserID", "dcid"), ("Student.StudentID", "dcid"), ("Student.StudentSchoolID", "id"), ("Student.SecondaryStudentID", "state_id"),
        ("Student.StudentFirstName", "first"), ("Student.StudentMiddleName", "middle"), ("Student.StudentLastName", "last"), ("Followups", "empty"),
    ], {
        "record_id": "RecordID", "contact_date": "CallDateTime", "outcome": "CallStatus", "channel": "CallType", "contact_with": "CommunicationWithType",
        "staff": "EducatorName", "topic": "Reason", "student_id": "Student.StudentSchoolID", "first_name": "Student.StudentFirstName", "last_name": "Student.StudentLastName",
    }),
    ("PowerSchool log import", "contacts", [
        ("ID", "record"), ("Student_Number", "id"), ("SchoolID", "school_id"), ("Entry_Author", "staff_lf"), ("Entry_Date", "date"), ("Entry_Time", "time"),
        ("LogTypeID", ["507", "6145"]), ("Subtype", ["ACADEMICS", "ATTENDANCE", "PARENT INITIATED", "POSITIVE"]), ("Category", ["10"]),
        ("Entry", ["Jane Doe (REL: Mother) ***** P - Left Message - 202-555-0100 ***** CALL TOPIC: grades ***** RESPONSE: None", "Al Poe (ED: Coach) ***** E - Completed - a@b.example ***** CALL TOPIC: absence"]),
    ], {"record_id": "ID", "student_id": "Student_Number", "school": "SchoolID", "staff": "Entry_Author", "contact_date": "Entry_Date", "contact_time": "Entry_Time", "topic": "Subtype"}),
    ("PowerSchool log entries page", "contacts", [
        ("Entry_Date", "date"), ("Entry_Time", "time"), ("Entry_Author", "staff_lf"), ("LogType", ["Parent Contact", "Staff Contact"]), ("Subtype", ["ACADEMICS", "ATTENDANCE"]),
        ("Consequence", "empty"), ("Subject", "notes"), ("Entry", "notes"), ("Student_Number", "id"),
    ], {"contact_date": "Entry_Date", "contact_time": "Entry_Time", "staff": "Entry_Author", "contact_with": "LogType", "topic": "Subtype", "student_id": "Student_Number"}),
    ("PowerSchool log table", "contacts", [
        ("dcid", "record"), ("studentid", "dcid"), ("logtypeid", ["507", "6145"]), ("entry_date", "iso"), ("entry", "notes"),
    ], {"record_id": "dcid", "student_id": "studentid", "contact_date": "entry_date"}),
    ("attendance comm log extract", "contacts", [
        ("student_number", "id"), ("lastfirst", "lastfirst"), ("academic_year", ["2025"]), ("region", ["Newark", "Camden"]), ("school_level", ["ES", "MS", "HS"]),
        ("school_abbreviation", ["Oak", "East"]), ("grade_level", "grade"), ("team", ["Reds", "Blues"]), ("iep_status", ["SPED", "No IEP"]), ("gender", ["F", "M"]),
        ("is_retained_year", "tf"), ("enroll_status", ["0"]), ("abs_count", "number"), ("ada", ["0.91", "0.87"]), ("att_date", "iso"), ("att_code", ["A", "T"]),
        ("commlog_staff_name", "staff_lf"), ("commlog_reason", ["Att: Absent", "Att: Unknown"]), ("commlog_notes", "notes"), ("commlog_topic", "notes"),
        ("commlog_type", CODES), ("commlog_status", ["Completed"]), ("term", ["Q1", "Q2"]), ("is_successful", "tf"), ("is_successful_int", ["0", "1"]),
    ], {
        "student_id": "student_number", "student_name": "lastfirst", "school": "school_abbreviation", "grade": "grade_level", "contact_date": "att_date", "staff": "commlog_staff_name",
        "topic": "commlog_reason", "channel": "commlog_type", "outcome": "commlog_status",
    }),
    ("Salesforce contact note", "contacts", [
        ("contact__c", "uuid_few"), ("subject__c", ["Summer AAS", "SC1", "HV"]), ("date__c", "iso"), ("status__c", ["Successful", "Outreach"]),
        ("type__c", ["Call", "In Person", "Text", "Email", "Mail (Letter/Postcard)", "School Visit"]), ("comments__c", "notes"), ("next_steps__c", "notes"),
        ("initiated_by_student__c", "tf"), ("meaningful_contact__c", "tf"), ("category__c", ["Academic", "Transition"]), ("createdbyid", ["0053", "0054"]),
        ("createddate", "utc"), ("lastmodifieddate", "utc"),
    ], {"student_id": "contact__c", "contact_date": "date__c", "outcome": "status__c", "channel": "type__c", "initiated_by": "initiated_by_student__c", "topic": "category__c", "staff": "createdbyid"}),
    ("Focus communication history", "contacts", [
        ("Date", "us_datetime"), ("Type of Message", ["SMS", "Text-to-Speech", "Phone Call"]), ("Message Preview", "notes"), ("Source", ["Focus"]),
        ("From", ["Ms. Rivera", "Ana Lopez (Parent)"]), ("To", ["Ana Lopez (Parent)", "Ms. Rivera"]), ("Regarding Student", "lastfirst"),
    ], {"contact_date": "Date", "channel": "Type of Message", "student_name": "Regarding Student"}),
    ("Infinite Campus sent log 2.0", "contacts", [
        ("Message ID", "record"), ("Start Date", "date"), ("End Date", "date"), ("Calendar", ["25-26 Oak"]), ("Subject", "notes"),
        ("Message Type", ["Messenger 2.0 - General", "Attendance"]), ("Delivery Mode", ["Inbox", "Email", "Voice", "Text"]), ("Student Number", "id"),
    ], {"record_id": "Message ID", "contact_date": "Start Date", "channel": "Delivery Mode", "student_id": "Student Number", "audience": "Message Type"}),
    ("Infinite Campus sent log classic", "contacts", [
        ("Status", ["Sent", "Canceled", "Error"]), ("Date Created", "us_datetime"), ("Date Scheduled", "us_datetime"), ("Student Number", "id"),
    ], {"outcome": "Status", "contact_date": "Date Created", "student_id": "Student Number"}),
    ("teacher template", "contacts", [
        ("Student Name", ["Alejandro", "Stephanie", "Bryan"]), ("Outreach Date", "short_date"), ("Contact Method", ["Call", "Email", "In-Person (at Basketball game)"]),
        ("Reason for contact", ["Missing homework", "Attendance", "Great progress"]), ("Call notes", "notes"), ("Next Steps/Follow up", "notes"),
    ], {"student_name": "Student Name", "contact_date": "Outreach Date", "channel": "Contact Method", "topic": "Reason for contact"}),
    ("counselor planner", "contacts", [
        ("Date", "date"), ("Student", "name"), ("Parent Name", "parent"), ("Method", ["phone", "email", "in person"]), ("Topic/Outcome", ["Grades - spoke with mom", "Attendance - left message"]),
    ], {"contact_date": "Date", "student_name": "Student", "channel": "Method", "topic": "Topic/Outcome"}),
    ("Ed-Fi chat log", "contacts", [
        ("StudentUniqueId", "id"), ("SenderTypeId", ["1", "2"]), ("SenderUniqueId", "dcid"), ("RecipientTypeId", ["2", "1"]), ("RecipientUniqueId", "dcid"),
        ("OriginalMessage", "notes"), ("EnglishMessage", "notes"), ("DateSent", "utc"), ("RecipientHasRead", ["0", "1"]), ("Id", "uuid"),
    ], {"student_id": "StudentUniqueId", "contact_date": "DateSent", "record_id": "Id"}),
    ("Ed-Fi alert log", "contacts", [
        ("AlertlogId", "record"), ("SchoolYear", ["2026"]), ("AlertTypeId", ["1", "2"]), ("ParentUniqueId", "dcid"), ("StudentUniqueId", "id"), ("Value", "number"),
        ("Read", ["0", "1"]), ("UTCSentDate", "datetime"), ("UTCCreateDate", "datetime"), ("UTCLastModifiedDate", "datetime"), ("Id", "uuid"),
    ], {"record_id": "Id", "student_id": "StudentUniqueId", "contact_date": "UTCSentDate"}),
    ("Aeries visitation", "contacts", [
        ("STU.ID", "id"), ("VIS.DT", "date"), ("VIS.CD", ["10", "12"]), ("VIS.ST", ["Parent Square Notification", "Parent Conference", "Parent Phone Call", "Parent Email"]),
        ("VIS.CL", ["Office", "Room 5"]), ("VIS.CU", ["12", "14"]), ("VIS.TG", ["Resolved", "Notified", "Exempted"]),
    ], {"student_id": "STU.ID", "contact_date": "VIS.DT", "channel": "VIS.ST"}),
    ("mass message list", "contacts", [
        ("Message name", "notes"), ("Creator", "staff"), ("Status", ["Sent", "Failed", "Draft", "Scheduled"]), ("Send date/time", "us_datetime"),
    ], {"staff": "Creator", "outcome": "Status", "contact_date": "Send date/time"}),
    ("truancy call results", "contacts", [
        ("Pupil", "lastfirst"), ("Date", "iso"), ("Status", ["Called, no response yet", "Left Message", "Aware", "Txt sent", "Txt failed"]), ("Response", ["none", "Ans mach", "Text reply"]),
    ], {"student_name": "Pupil", "contact_date": "Date", "outcome": "Status"}),
    ("ParentSquare students", "roster", [
        ("school_id", "school_id"), ("student_id", "id"), ("first_name", "first"), ("last_name", "last"), ("grade_level", ["-4", "-2", "-1", "0", "12"]),
        ("state_student_id", "state_id"), ("status", ["1", "0"]), ("student_email", "email"), ("cellphone", "phone"),
    ], {"school_code": "school_id", "student_id": "student_id", "first_name": "first_name", "last_name": "last_name", "grade": "grade_level", "status": "status"}),
    ("Clever students", "roster", [
        ("last_name", "last"), ("middle_name", "middle"), ("first_name", "first"), ("gender", ["F", "M"]), ("graduation_year", ["2030"]), ("race", ["White", "Asian"]),
        ("student_email", "email"), ("username", "id"), ("ext__gifted", "yn"), ("weighted_gpa", ["3.1"]), ("unweighted_gpa", ["3.0"]), ("state_id", "state_id"),
        ("contact_name", "parent"), ("contact_relationship", ["Mother", "Father"]), ("contact_type", ["primary", "emergency"]), ("contact_phone_type", ["Home", "Cell"]),
        ("hispanic_latino", "yn"), ("home_language", ["English", "Spanish"]), ("frl_status", ["Free", "Paid"]), ("student_street", "street"), ("student_city", ["Newark"]),
        ("student_state", ["NJ"]), ("student_zip", ["07102"]), ("contact_email", "email"), ("contact_sis_id", "dcid"), ("password", "id"), ("school_id", "school_id"),
        ("student_id", "dcid"), ("student_number", "id"), ("dob", "birth"), ("contact_phone", "phone"), ("ell_status", "yn"), ("iep_status", "yn"), ("grade", ["Kindergarten", "1", "12"]),
    ], {
        "last_name": "last_name", "middle_name": "middle_name", "first_name": "first_name", "gender": "gender", "race_ethnicity": "race", "home_language": "home_language",
        "low_income": "frl_status", "school_code": "school_id", "student_id": "student_number", "english_learner": "ell_status", "iep": "iep_status", "grade": "grade",
    }),
    ("OneRoster users", "roster", [
        ("sourcedId", "uuid"), ("status", ["active"]), ("dateLastModified", "utc"), ("enabledUser", "tf"), ("orgSourcedIds", "school_id"), ("role", ["student"]),
        ("username", "id"), ("userIds", "empty"), ("givenName", "first"), ("familyName", "last"), ("middleName", "middle"), ("identifier", "id"), ("email", "email"),
        ("sms", "phone"), ("phone", "phone"), ("agentSourcedIds", "empty"), ("grades", ["06", "07"]), ("password", "empty"),
    ], {"student_id": "identifier", "first_name": "givenName", "last_name": "familyName", "middle_name": "middleName", "grade": "grades", "school_code": "orgSourcedIds", "status": "status"}),
    ("Microsoft SDS student", "roster", [
        ("SIS ID", "id"), ("School SIS ID", "school_id"), ("Username", "id"), ("First Name", "first"), ("Last Name", "last"), ("Secondary Email", "email"), ("Grade", ["10", "11"]),
    ], {"student_id": "SIS ID", "school_code": "School SIS ID", "first_name": "First Name", "last_name": "Last Name", "grade": "Grade"}),
    ("family upload", "roster", [
        ("Student First Name", "first"), ("Student Last Name", "last"), ("Student Email", "email"), ("Student Phone Number", "phone"), ("Student Language", ["English", "Spanish"]),
        ("Student Interpreted Language", ["Spanish", ""]), ("Student Grade", "grade"), ("Student WhatsApp", ["1", ""]), ("School Name", "school"), ("Class Names", ["Biology (Carter); English (10)"]),
        ("Guardian 1 First Name", "first"), ("Guardian 1 Last Name", "last"), ("Guardian 1 Email", "email"), ("Guardian 1 Phone Number", "phone"), ("Guardian 1 Language", ["Spanish", "English"]),
        ("Guardian 1 Interpreted Language", ["Spanish"]),
    ], {"first_name": "Student First Name", "last_name": "Student Last Name", "home_language": "Student Language", "grade": "Student Grade", "school": "School Name"}),
    ("Illuminate roster", "roster", [
        ("08 Site ID", "school_id"), ("09 Course ID", "dcid"), ("10 User ID", "dcid"), ("11 Entry Date", "entry"), ("12 Leave Date", "date"), ("13 Grade Level ID", ["1", "13", "14", "15"]),
        ("14 Academic Year", ["2025-2026"]), ("15 Session Type ID", ["1"]), ("01 Student ID", "id"),
    ], {"school_code": "08 Site ID", "entry_date": "11 Entry Date", "exit_date": "12 Leave Date", "grade": "13 Grade Level ID", "school_year": "14 Academic Year", "student_id": "01 Student ID"}),
    ("DeansList family contacts", "roster", [
        ("StudentID", "id"), ("ParentFirstName", "first"), ("ParentLastName", "last"), ("HomePhone", "phone"), ("WorkPhone", "phone"), ("Email", "email"), ("Relationship", ["Mother", "Father"]),
        ("ContactType", ["Parent1", "Parent2", "Emergency"]), ("Language", ["English", "Spanish"]), ("CellPhone", "phone"),
    ], {"student_id": "StudentID", "home_language": "Language"}),
]
MAKERS["uuid_few"] = lambda i: f"0033t00002{i % 9}xQAA"

UNSEEN = [
    ("Google Form", "contacts", [
        ("Timestamp", "us_datetime"), ("Email Address", "email"), ("Student's first and last name", "name"), ("What grade is the student in?", "grade"), ("Date of contact", "date"),
        ("How did you contact the family?", CHANNEL), ("What was the reason for your contact?", TOPIC), ("Were you able to reach the family?", ["Yes", "No", "Left a message"]),
        ("Was an interpreter used?", ["Yes", "No"]), ("Additional notes", "notes"),
    ], {"student_name": "Student's first and last name", "grade": "What grade is the student in?", "contact_date": "Date of contact", "channel": "How did you contact the family?",
        "topic": "What was the reason for your contact?", "outcome": "Were you able to reach the family?", "interpreter": "Was an interpreter used?"}),
    ("Spanish sheet", "contacts", [
        ("Fecha", "date"), ("Hora", "time"), ("Alumno", "lastfirst"), ("Matrícula", "id"), ("Medio de contacto", ["Llamada", "Correo", "Texto"]), ("Resultado", ["Contestó", "Dejó mensaje", "No contestó"]),
        ("Motivo", ["Asistencia", "Conducta", "Calificaciones"]), ("Maestro", "staff"), ("Teléfono", "phone"), ("Observaciones", "notes"), ("Idioma", ["Español", "Inglés"]),
    ], {"contact_date": "Fecha", "contact_time": "Hora", "student_name": "Alumno", "student_id": "Matrícula", "channel": "Medio de contacto", "outcome": "Resultado", "topic": "Motivo", "staff": "Maestro", "language": "Idioma"}),
    ("snake warehouse", "contacts", [
        ("contact_log_id", "record"), ("stu_id", "id"), ("sch_cd", "school_id"), ("grd_lvl", ["K", "01", "02", "09"]), ("contact_dt", "iso"), ("contact_tm", "time"), ("contact_mthd_cd", CODES),
        ("in_out_ind", ["I", "O"]), ("contact_rslt", OUTCOME), ("rsn_cd", ["ATT", "BEH", "ACAD"]), ("staff_nm", "staff_lf"), ("dur_min", "number"), ("created_ts", "utc"), ("cmnt_txt", "notes"),
    ], {"record_id": "contact_log_id", "student_id": "stu_id", "school": "sch_cd", "grade": "grd_lvl", "contact_date": "contact_dt", "contact_time": "contact_tm", "channel": "contact_mthd_cd", "direction": "in_out_ind",
        "outcome": "contact_rslt", "topic": "rsn_cd", "staff": "staff_nm", "minutes": "dur_min"}),
    ("camel app export", "contacts", [
        ("messageId", "uuid"), ("sentAt", "utc"), ("studentLocalId", "id"), ("studentFullName", "name"), ("guardianName", "parent"), ("guardianPhone", "phone"), ("messageDirection", ["incoming", "outgoing"]),
        ("deliveryChannel", ["sms", "email", "app"]), ("deliveryStatus", ["delivered", "failed", "read"]), ("messageBody", "notes"), ("senderName", "staff"), ("languageCode", ["es", "en"]), ("isBroadcast", "tf"),
    ], {"record_id": "messageId", "contact_date": "sentAt", "student_id": "studentLocalId", "student_name": "studentFullName", "direction": "messageDirection", "channel": "deliveryChannel",
        "outcome": "deliveryStatus", "language": "languageCode", "audience": "isBroadcast"}),
    ("counselor notebook", "contacts", [
        ("Kid", "name"), ("When", "date"), ("How", ["call", "text", "zoom"]), ("Who started it", ["me", "mom", "dad"]), ("How it went", ["spoke", "LVM", "no answer"]), ("About", ["grades", "tardies", "check in"]), ("What we said", "notes"),
    ], {"student_name": "Kid", "contact_date": "When", "channel": "How", "initiated_by": "Who started it", "outcome": "How it went", "topic": "About"}),
    ("uppercase mainframe", "contacts", [
        ("STUDENT NBR", "id"), ("STU LAST NAME", "last"), ("STU FIRST NAME", "first"), ("BLDG", "school_id"), ("GR", "grade"), ("CONTACT DATE", "date"), ("CONTACT TYPE", ["PH", "EM", "LT", "HV"]),
        ("CONTACTED BY", "staff_lf"), ("PERSON CONTACTED", ["MOTHER", "FATHER", "GUARDIAN"]), ("RESULT CODE", ["LM", "NA", "WN", "COMPLETED"]), ("COMMENTS", "notes"),
    ], {"student_id": "STUDENT NBR", "last_name": "STU LAST NAME", "first_name": "STU FIRST NAME", "school": "BLDG", "grade": "GR", "contact_date": "CONTACT DATE", "channel": "CONTACT TYPE",
        "staff": "CONTACTED BY", "contact_with": "PERSON CONTACTED", "outcome": "RESULT CODE"}),
    ("home visit program", "contacts", [
        ("Visit ID", "record"), ("Visit Date", "date"), ("Start Time", "time"), ("End Time", "time"), ("Scholar Name", "name"), ("Scholar ID", "id"), ("Campus", "school"), ("Type of Visit", ["Home Visit", "Virtual", "In Person"]),
        ("Visitor", "staff"), ("Student Present?", "yn"), ("Interpreter Used?", "yn"), ("Language of Visit", ["Spanish", "English"]), ("Visit Summary", "notes"), ("Visit Status", ["Completed", "No Show", "Cancelled"]),
    ], {"record_id": "Visit ID", "contact_date": "Visit Date", "contact_time": "Start Time", "student_name": "Scholar Name", "student_id": "Scholar ID", "school": "Campus", "channel": "Type of Visit", "staff": "Visitor",
        "student_present": "Student Present?", "interpreter": "Interpreter Used?", "language": "Language of Visit", "outcome": "Visit Status"}),
    ("dialler result file", "contacts", [
        ("Ref #", "record"), ("Student ID #", "id"), ("Contact Name", "parent"), ("Phone Dialed", "phone"), ("Call Date/Time", "us_datetime"), ("Call Result", ["Answered", "Machine", "Busy", "Disconnect"]),
        ("Duration (sec)", "number"), ("Message Type", ["Attendance", "General", "Emergency"]), ("Attempts", ["1", "2"]),
    ], {"record_id": "Ref #", "student_id": "Student ID #", "contact_date": "Call Date/Time", "outcome": "Call Result", "minutes": "Duration (sec)", "audience": "Message Type"}),
    ("odd names, telling values", "contacts", [
        ("Col1", "id"), ("Learner", "lastfirst"), ("D", "iso"), ("Via", ["P", "E", "IP", "SMS"]), ("Way", ["In", "Out"]), ("End result", ["LVM", "Spoke with parent", "NA"]), ("Remarks", "notes"),
    ], {"student_name": "Learner", "contact_date": "D", "channel": "Via", "direction": "Way", "outcome": "End result"}),
    ("two dates and a follow-up", "contacts", [
        ("Entered On", "us_datetime"), ("Contact Date", "date"), ("Follow-up Date", "date"), ("DOB", "birth"), ("Pupil Name", "name"), ("Mode", CHANNEL), ("Follow-up Needed?", "yn"), ("Purpose", TOPIC), ("Parent Response", ["Positive", "Concerned", "Neutral"]), ("Teacher", "staff"),
    ], {"contact_date": "Contact Date", "student_name": "Pupil Name", "channel": "Mode", "topic": "Purpose", "staff": "Teacher", "tone": "Parent Response"}),
    ("parent liaison log", "contacts", [
        ("Log #", "record"), ("Family Contacted", ["Mother", "Father", "Grandmother"]), ("Student (Last, First)", "lastfirst"), ("Local Student #", "id"), ("State ID", "state_id"), ("School Site", "school"),
        ("Contact Method/Mode", CHANNEL), ("Initiator", ["Parent", "Staff"]), ("Inbound/Outbound", ["Inbound", "Outbound"]), ("Category", ["Attendance", "Behavior", "Event"]), ("Tone of Conversation", ["Positive", "Neutral", "Concern"]),
        ("Contact Outcome", OUTCOME), ("Minutes", "number"), ("Liaison", "staff"), ("Date of Call", "date"), ("Parent Email", "email"), ("Parent Cell", "phone"),
    ], {"record_id": "Log #", "contact_with": "Family Contacted", "student_name": "Student (Last, First)", "student_id": "Local Student #", "school": "School Site", "channel": "Contact Method/Mode", "initiated_by": "Initiator",
        "direction": "Inbound/Outbound", "topic": "Category", "tone": "Tone of Conversation", "outcome": "Contact Outcome", "minutes": "Minutes", "staff": "Liaison", "contact_date": "Date of Call"}),
    ("chat tool with sender roles", "contacts", [
        ("Conversation ID", "uuid"), ("Sender Role", ["Parent", "Teacher"]), ("Recipient Role", ["Teacher", "Parent"]), ("Sent Date", "datetime"), ("Student SIS ID", "id"), ("Text", "notes"), ("Translated", "yn"), ("Message Status", ["Sent", "Delivered", "Failed"]),
    ], {"contact_date": "Sent Date", "student_id": "Student SIS ID", "outcome": "Message Status", "interpreter": "Translated", "record_id": "Conversation ID"}),
    ("school in a column, no ids", "contacts", [
        ("School", "school"), ("Teacher Name", "staff"), ("Child's Name", "name"), ("Grade", "grade"), ("Date Called", "date"), ("Time Called", "time"), ("Who did you talk to?", ["Mom", "Dad", "Grandma"]),
        ("Reason for Call", TOPIC), ("Result of Call", ["Spoke with parent", "Left voicemail", "No answer"]), ("Phone Number", "phone"),
    ], {"school": "School", "staff": "Teacher Name", "student_name": "Child's Name", "grade": "Grade", "contact_date": "Date Called", "contact_time": "Time Called", "contact_with": "Who did you talk to?", "topic": "Reason for Call", "outcome": "Result of Call"}),
    ("minimal", "contacts", [("ID", "id"), ("Date", "date"), ("Type", ["Phone", "Email", "Text"]), ("Comments", "notes")], {"student_id": "ID", "contact_date": "Date", "channel": "Type"}),
    ("dotted query", "contacts", [
        ("STU.SN", "id"), ("STU.LN", "last"), ("STU.FN", "first"), ("CON.DT", "date"), ("CON.TY", ["Phone", "Letter", "Email"]), ("CON.RS", ["Reached", "No Answer"]), ("CON.CM", "notes"), ("STU.GR", "grade"),
    ], {"last_name": "STU.LN", "first_name": "STU.FN", "contact_date": "CON.DT", "channel": "CON.TY", "outcome": "CON.RS", "grade": "STU.GR", "student_id": "STU.SN"}),
    ("English roster of a small district", "roster", [
        ("Perm ID", "id"), ("SSID", "state_id"), ("Last", "last"), ("First", "first"), ("Gr", "grade"), ("Site", "school"), ("Enter Date", "entry"), ("Leave Date", "date"), ("Lang", ["00 English", "01 Spanish"]),
        ("LF", ["EO", "EL", "RFEP"]), ("SpEd", "yn"), ("Lunch", ["F", "R", "P"]), ("Eth", "race"), ("Sex", ["F", "M"]), ("Birthdate", "birth"), ("Home Phone", "phone"), ("Parent/Guardian", "parent"),
    ], {"student_id": "Perm ID", "last_name": "Last", "first_name": "First", "grade": "Gr", "school": "Site", "entry_date": "Enter Date", "exit_date": "Leave Date", "home_language": "Lang", "english_learner": "LF",
        "iep": "SpEd", "low_income": "Lunch", "race_ethnicity": "Eth", "gender": "Sex"}),
    ("warehouse roster", "roster", [
        ("student_local_id", "id"), ("student_last_nm", "last"), ("student_first_nm", "first"), ("enrolled_school_name", "school"), ("enrolled_grade_cd", ["KG", "01", "09"]), ("enrollment_begin_dt", "iso"), ("enrollment_end_dt", "iso"),
        ("is_ell", "tf"), ("is_swd", "tf"), ("econ_disadv_flg", "yn"), ("primary_home_lang_desc", ["Spanish", "English"]), ("race_ethnicity_desc", "race"), ("gender_cd", ["F", "M"]), ("school_year", ["2025-26"]), ("dob", "birth"),
    ], {"student_id": "student_local_id", "last_name": "student_last_nm", "first_name": "student_first_nm", "school": "enrolled_school_name", "grade": "enrolled_grade_cd", "entry_date": "enrollment_begin_dt", "exit_date": "enrollment_end_dt",
        "english_learner": "is_ell", "iep": "is_swd", "low_income": "econ_disadv_flg", "home_language": "primary_home_lang_desc", "race_ethnicity": "race_ethnicity_desc", "gender": "gender_cd", "school_year": "school_year"}),
    ("Spanish roster", "roster", [
        ("Matrícula", "id"), ("Apellidos", "last"), ("Nombre", "first"), ("Grado", ["Primero", "Segundo", "Kínder"]), ("Escuela", "school"), ("Fecha de ingreso", "entry"), ("Fecha de baja", "date"), ("Idioma del hogar", ["Español"]), ("Género", ["F", "M"]), ("Fecha de nacimiento", "birth"),
    ], {"student_id": "Matrícula", "last_name": "Apellidos", "first_name": "Nombre", "grade": "Grado", "school": "Escuela", "entry_date": "Fecha de ingreso", "exit_date": "Fecha de baja", "home_language": "Idioma del hogar", "gender": "Género"}),
    ("one name column roster", "roster", [
        ("Student", "lastfirst"), ("ID#", "id"), ("Grade Level", ["9th Grade", "10th Grade"]), ("School", "school"), ("Start Date", "entry"), ("Withdrawal Date", "empty"), ("Special Education", "yn"), ("English Learner", "yn"), ("Free/Reduced Lunch", ["Free", "Reduced", "Paid"]), ("Counselor", "staff"), ("Homeroom", ["12", "14"]),
    ], {"student_name": "Student", "student_id": "ID#", "grade": "Grade Level", "school": "School", "entry_date": "Start Date", "exit_date": "Withdrawal Date", "iep": "Special Education", "english_learner": "English Learner", "low_income": "Free/Reduced Lunch"}),
    ("state file", "roster", [
        ("District Student ID", "id"), ("State Student ID", "state_id"), ("Legal Last Name", "last"), ("Legal First Name", "first"), ("Reporting School Code", "school_id"), ("Reporting School", "school"), ("Grade Assignment", ["KF", "PK", "01", "12"]), ("Entry Date", "entry"), ("Exit Date", "empty"), ("Exit Code", "empty"),
        ("Disability Status", ["Y", "N"]), ("LEP Status", ["Y", "N"]), ("Socioeconomically Disadvantaged", "yn"), ("Hispanic/Latino", "yn"), ("Race", "race"), ("Native Language", ["spa", "eng"]),
    ], {"student_id": "District Student ID", "last_name": "Legal Last Name", "first_name": "Legal First Name", "school_code": "Reporting School Code", "school": "Reporting School", "grade": "Grade Assignment", "entry_date": "Entry Date", "exit_date": "Exit Date",
        "iep": "Disability Status", "english_learner": "LEP Status", "low_income": "Socioeconomically Disadvantaged", "race_ethnicity": "Race", "home_language": "Native Language"}),
    ("team log with two-row headers", "contacts", [
        ("Student / ID", "id"), ("Student / Name", "lastfirst"), ("Contact / Date", "date"), ("Contact / Time", "time"), ("Contact / How", CHANNEL), ("Contact / Result", OUTCOME), ("Parent / Name", "parent"), ("Parent / Phone", "phone"), ("Parent / E-mail", "email"), ("Staff / Name", "staff"), ("Staff / Notes", "notes"),
    ], {"student_id": "Student / ID", "student_name": "Student / Name", "contact_date": "Contact / Date", "contact_time": "Contact / Time", "channel": "Contact / How", "outcome": "Contact / Result", "staff": "Staff / Name"}),
    ("attendance office", "contacts", [
        ("Stu #", "id"), ("Name", "lastfirst"), ("Absence Date", "date"), ("Call Made On", "date"), ("Called By", "staff"), ("Spoke With", ["Mother", "Father", "Aunt"]), ("Disposition", ["Reached", "Left Msg", "No Ans", "Wrong Number"]), ("Explanation", "notes"),
    ], {"student_id": "Stu #", "student_name": "Name", "contact_date": "Call Made On", "staff": "Called By", "contact_with": "Spoke With", "outcome": "Disposition"}),
    ("two-way texting export", "contacts", [
        ("Thread", "uuid"), ("Date Sent", "us_datetime"), ("From Name", "staff"), ("From Number", "phone"), ("To Name", "parent"), ("To Number", "phone"), ("Student Number", "id"), ("Sent/Received", ["Sent", "Received"]), ("Delivery", ["Delivered", "Undelivered"]), ("Message Text", "notes"),
    ], {"contact_date": "Date Sent", "student_id": "Student Number", "direction": "Sent/Received", "outcome": "Delivery"}),
    ("engagement tracker", "contacts", [
        ("Touchpoint Date", "iso"), ("Touchpoint Type", ["Phone", "Text", "Home Visit"]), ("Touchpoint Direction", ["School to Home", "Home to School"]), ("Successful Contact?", "yn"), ("Individual or Mass", ["Individual", "Mass"]), ("Student State ID", "state_id"), ("Subject Area", ["Academic", "Attendance"]), ("Sentiment", ["Positive", "Negative"]), ("Logged By", "staff_lf"), ("Logged At", "datetime"),
    ], {"contact_date": "Touchpoint Date", "channel": "Touchpoint Type", "direction": "Touchpoint Direction", "outcome": "Successful Contact?", "audience": "Individual or Mass", "student_id": "Student State ID", "topic": "Subject Area", "tone": "Sentiment", "staff": "Logged By"}),
]
