"""How different people head the columns of a contact log or a roster: one lexicon for each kind of author.

A line is "field: header | header"; lines that begin with "!" are columns that no field is read from, with the
kind of values they hold. The lexicons were written one after another without looking at the vocabulary of
the mapping. Those of HELD_OUT are only ever measured on: no word was added to a vocabulary for their sake.
"""

CONTACTS = {
    "teacher": """
student_name: Student | Student Name | Name of Student | Child's Name
contact_date: Date | Date of Contact | Date Contacted | Contact Date
contact_time: Time | Time of Day
channel: Method | Method of Contact | How Contacted | Type of Contact | Phone/Email/In Person
outcome: Result | Outcome | Reached? | Result of Contact
topic: Reason | Reason for Contact | Purpose | Subject | Regarding
contact_with: Spoke With | Who I Talked To | Person Contacted | Relationship to Student
staff: Teacher | Teacher Name | Staff Member | Contacted By
initiated_by: Initiated By | Who Initiated? | Started By
tone: Positive/Negative | Tone | Type of Call (pos/neg)
grade: Grade | Gr | Grade Level
!notes: Notes | Comments | What We Discussed | Details
!phone: Phone # | Parent Phone | Number Called
!parent: Parent Name | Parent/Guardian Name
!yn: Follow-up Needed? | Follow Up
""",
    "warehouse": """
record_id: contact_log_id | comm_id | interaction_key | log_pk
student_id: student_number | stu_id | student_local_id | sis_student_id | student_identifier
contact_date: contact_dt | contact_date | comm_date | occurred_on | event_dttm
contact_time: contact_tm | comm_time
channel: contact_method_desc | comm_mode | contact_type_cd | channel_code | method_cd
direction: comm_direction | in_out_ind | direction_cd | contact_dir
outcome: outcome_desc | contact_result | disposition_cd | status_desc
topic: reason_desc | topic_cd | subject_area | category_desc
staff: staff_name | created_by_user | employee_name | author_full_name
school: school_name | campus_nm | site_name | location_name
grade: grade_level | grd_lvl | grade_cd
minutes: duration_min | call_length_minutes | elapsed_min
language: comm_language | lang_desc | language_used
interpreter: interpreter_used_flag | interpreter_ind
contact_with: contacted_party | party_type | recipient_relationship
!notes: narrative_txt | comment_text | notes_long
!phone: phone_nbr | tel_no
!email: email_addr
!stamp: last_update_dttm | modified_ts | etl_load_ts
!dcid: staff_dcid | person_key | guardian_id
!year: school_year | academic_yr
""",
    "spanish": """
student_name: Alumno | Nombre del estudiante | Estudiante | Nombre del alumno
student_id: Matrícula | Número de estudiante | ID del alumno | No. de matrícula
contact_date: Fecha | Fecha de contacto | Fecha de la llamada | Día
contact_time: Hora | Hora de contacto
channel: Medio | Forma de contacto | Medio de comunicación | Tipo de contacto | Vía
direction: Sentido | Dirección | Entrante/Saliente
outcome: Resultado | Estado | Resultado del contacto
topic: Motivo | Asunto | Tema | Razón del contacto
staff: Maestro | Maestra | Personal | Registrado por | Docente
contact_with: Parentesco | Persona contactada | Con quién se habló
initiated_by: Iniciado por | Quién inició
school: Escuela | Plantel | Centro escolar
grade: Grado | Nivel
minutes: Minutos | Duración (min)
language: Idioma | Lengua
interpreter: Intérprete | ¿Se usó intérprete?
!notes: Observaciones | Comentarios | Detalles | Notas
!phone: Teléfono | Celular | Tel.
!email: Correo | Correo electrónico
!parent: Nombre del padre o tutor | Nombre de la madre
""",
    "social worker": """
student_name: Client Name | Case Name | Student / Client
student_id: Case # (Student ID) | Client ID | Student #
contact_date: Service Date | Date of Service | Encounter Date | Activity Date
contact_time: Start Time | Time Began
minutes: Time Spent (min) | Duration | Minutes of Service
channel: Contact Mode | Mode of Service | Service Type | Encounter Type
contact_with: Collateral Contact | Contact With | Participant Type | Who Was Present
outcome: Contact Outcome | Disposition | Attempt Result
topic: Presenting Concern | Focus Area | Issue Addressed | Reason for Service
staff: Provider | Worker | Case Manager | Clinician
direction: Inbound/Outbound | Contact Direction
school: Site | School Site | Campus
interpreter: Interpreter Present? | Interpretation Provided
student_present: Student Present? | Was student present
!notes: Case Note | Progress Note | Narrative
!yn: Consent on File | Billable?
!other_date: Next Appointment | Date Entered
!dcid: Worker ID
""",
    "camel api": """
record_id: id | interactionId | messageId | communicationId
student_id: studentId | studentNumber | studentLocalId | pupilId
first_name: studentFirstName | firstName
last_name: studentLastName | lastName
contact_date: occurredAt | contactDate | sentAt | callDateTime | dateOfContact
channel: channel | contactMethod | medium | messageChannel
direction: direction | messageDirection | flow
outcome: outcome | deliveryStatus | callOutcome | result
initiated_by: initiatedBy | initiator | originatedBy
topic: reason | topicName | subjectCategory | reasonCategory
staff: staffName | createdByName | authorName | teacherName
school: schoolName | campusName | orgName
language: language | messageLanguage | languageCode
audience: audience | audienceType | broadcastType
minutes: durationMinutes | minutes
!notes: body | messageText | description
!phone: phoneNumber | toNumber
!email: emailAddress | recipientEmail
!stamp: updatedAt | lastModifiedAt
!tf: isArchived | deleted
""",
    "attendance": """
student_id: ID # | Student ID Number | Perm ID | Stu No
student_name: Student (Last, First) | Pupil | Student Full Name
grade: Gr. | Grade | GRD
contact_date: Call Date | Date Called | Date of Attempt | Attempt Date
contact_time: Call Time | Time Called
channel: Attempt Type | Contact Type | Method Used | Call/Text/Letter
outcome: Call Result | Contact Made? | Attempt Status | Response Code
topic: Absence Reason | Call Reason | Intervention Reason
contact_with: Spoke To | Talked With | Answered By
staff: Caller | Clerk | Made By | Att. Clerk
school: School | Sch
!number: Days Absent | Total Absences | # Tardies
!notes: Remarks | Call Notes | Explanation
!phone: Phone Called | Home Phone | Cell #
!other_date: Date of Absence | Hearing Date
""",
    "chat": """
record_id: Message ID | Msg ID | Conversation Message ID
student_name: Student | Child | Regarding
student_id: Student SIS ID | Student External ID | SIS ID
contact_date: Timestamp | Sent At | Date Sent | Message Date
channel: Delivery Method | Message Type | Sent Via | Delivery Channel
direction: Sent/Received | Message Direction | Direction
outcome: Delivery Status | Message Status | Status
staff: Sender Name | Staff Sender | Teacher
language: Translated To | Recipient Language | Family Language
audience: Announcement or Direct | Message Scope | Audience
school: School | Organization
!notes: Message | Message Body | Original Text | Translation
!phone: Recipient Phone | Number
!email: Recipient Email
!parent: Recipient | Recipient Name | Contact Name
""",
    "bilingual": """
student_name: Student / Estudiante | Nombre (Name) | Alumno - Student
contact_date: Date / Fecha | Fecha (Date) | Fecha - Date
channel: Method / Medio | Tipo (Type) | Contact type / Tipo de contacto
outcome: Result / Resultado | Resultado (Outcome)
topic: Reason / Motivo | Asunto (Topic)
staff: Staff / Personal | Maestro (Teacher)
direction: In-Out / Entrada-Salida
language: Language / Idioma
school: School / Escuela
!notes: Notes / Notas | Comentarios (Comments)
!phone: Phone / Teléfono
!parent: Parent / Padre
""",
    "early childhood": """
student_name: Child Name | Child | Child's Full Name
student_id: Child ID | Child Number | ChildPlus ID
contact_date: Date of Visit/Call | Contact Date | Visit Date
channel: Contact Format | Type of Family Contact | Visit Type
contact_with: Family Member | Adult Contacted | Relationship
topic: Family Goal Area | Area of Concern | Contact Reason
staff: Family Advocate | Home Visitor | Family Service Worker
minutes: Length of Visit | Duration in Minutes
school: Center | Site Name
language: Language Spoken During Contact | Language of Contact
outcome: Completed? | Contact Completed | Outcome of Visit
!notes: Family Comments | Summary of Visit
!other_date: Child DOB | Next Visit Date
!address: Home Address
""",
}

HELD_OUT_CONTACTS = {
    "form": """
student_name: What is the student's full name? | Which student did you contact about? | Student's name (Last, First)
student_id: What is the student's ID number? | Enter the 6-digit student number
contact_date: When did you make contact? | What day did this happen? | Date you reached out
channel: How did you reach out? | How did the conversation take place? | What method did you use?
outcome: Did you get through? | Were you able to reach someone? | What was the result?
initiated_by: Who reached out first? | Who started the conversation?
topic: What was it about? | Main reason for reaching out | Why did you contact home?
contact_with: Who did you speak to? | Which adult did you talk with?
staff: Your name | Who is filling out this form? | Staff member completing this form
tone: Was this contact positive or a concern? | Overall, how did the conversation feel?
language: What language did you use? | In which language did you communicate?
interpreter: Did you use an interpreter? | Was an interpreter needed?
student_present: Was the student part of the conversation? | Was the student there?
grade: What grade is the student in? | Student's current grade
school: Which school are you at? | Which campus?
minutes: About how many minutes did it take? | How long was the conversation (minutes)?
!stamp: Timestamp
!email: Email Address
!notes: Anything else we should know? | Please summarize the conversation | Describe what was discussed
""",
    "abbreviated": """
student_id: STU_NO | SID | STDNT_ID | STUNUM | St. ID
student_name: STU_NM | STDNT NAME | Std Name | STUDNAME
contact_date: CNTCT_DT | CONT DATE | CTDATE | COMM_DT | Dt Cntct
contact_time: CNTCT_TM | TM
channel: CNTCT_MTHD | CNTCT TYP | METH | CHNL | COMM_MTHD
outcome: OUTCM | RSLT_CD | CNTCT_STAT | RESLT
direction: DRCTN | IN_OUT | DIR
topic: RSN | PURP_CD | SUBJ | TPC
staff: STF_NM | EMPL_NM | TCHR_NAME | STAFF_INIT
contact_with: RELSHP | CNTCT_PRSN | RLTN
school: SCHL_NM | SCH | CMPS
grade: GRD | GRDE | GR LVL
language: LNG | LANG_CD
minutes: DUR_MIN | MINS | LEN_MIN
!notes: CMNTS | CMT_TXT | NTS
!phone: PH_NO | TEL
!stamp: UPD_DT | LST_UPDT_TS
!dcid: STF_ID | EMPL_ID
""",
    "crm": """
record_id: Activity ID | Interaction Ref | Touchpoint ID
student_id: Contact: Student ID | Student External Key | Scholar ID
student_name: Contact: Full Name | Scholar | Scholar Name
contact_date: Activity Date | Interaction Date | Touchpoint Date | Completed On
channel: Activity Type | Interaction Channel | Touchpoint Type | Communication Medium
outcome: Call Disposition | Interaction Status | Activity Outcome
direction: Interaction Direction | Call Type (Inbound/Outbound)
topic: Interaction Purpose | Topic Tag | Theme
staff: Assigned To | Owner | Logged By | Rep Name
audience: Campaign or 1:1 | Segment Type
tone: Sentiment
minutes: Talk Time (min) | Call Duration (Minutes)
!notes: Description | Internal Comments | Full Comments
!phone: Mobile | Dialed Number
!stamp: Last Modified Date | Created Date
!words: Priority | Pipeline Stage | Record Type
!tf: Is Closed
""",
    "dialler": """
student_id: Ref ID | Student Reference | Reference Code
contact_date: Call Placed | Attempt Time | Delivery Time | Start DateTime
channel: Device Type | Media | Delivery Type
outcome: Call Status | Delivery Result | Termination Reason | Answer Type
minutes: Billed Minutes | Call Min.
audience: Broadcast Type | Job Type
language: Voice Language | Script Language
record_id: Call ID | Delivery ID
school: Institution | Calling Site
!phone: Destination | Dialed | Phone Number
!number: Attempt No. | Retries
!words: Job Name | Caller ID Name
!parent: Contact Name | Recipient
""",
    "college": """
first_name: Fname | Student: First | Given Name
last_name: Lname | Student: Last | Surname
student_id: Student Number | Unique Pupil No.
contact_date: Meeting Date | Session Date | Advising Date
contact_time: Session Time | Meeting Time
channel: Meeting Format | Modality | Session Type
topic: Advising Topic | Session Focus | Discussion Topic
staff: Advisor | Counselor Name | Coach
contact_with: Attendee | Meeting With
outcome: Meeting Status | Attendance Outcome
minutes: Session Length (mins) | Mtg Minutes
initiated_by: Requested By | Scheduled By Whom
grade: Class Year Level | Grade
!notes: Session Summary | Meeting Notes
!yn: Meaningful? | Referral Made
!number: GPA | Credits
!other_date: Graduation Date | Next Meeting
""",
    "mentoring": """
student_name: Scholar Name | Youth Name | Mentee | Learner
student_id: Youth ID | Scholar # | Participant ID
contact_date: Touchpoint Date | Date Connected | When
channel: Touchpoint Mode | How We Connected | Connection Type
outcome: Connected? | Connection Result | Did we connect
direction: Incoming / Outgoing | They Called or We Called
contact_with: Caregiver Relationship | Connected With | Adult
topic: Reason for Touchpoint | Conversation Topic
staff: Mentor | Navigator | Family Liaison | Program Staff
language: Language of Conversation
interpreter: Needed Interpreter?
tone: Conversation Tone | Family Sentiment
grade: Current Grade
school: Home School | School Attending
!notes: Reflections | Story | Highlights
!phone: Caregiver Phone
!parent: Caregiver Name
!words: Cohort | Program
""",
    "british": """
student_name: Pupil Name | Pupil
student_id: UPN | Admission No | Adm No.
contact_date: Date of Communication | Date Logged | Date of Call
contact_time: Time of Call | Time (24h)
channel: Communication Type | Mode of Communication | Contact Route
outcome: Outcome of Communication | Response Received
topic: Nature of Communication | Matter | Subject Matter
staff: Staff Involved | Member of Staff | Form Tutor | Initials
contact_with: Carer | Parent/Carer Role | Relation
direction: Incoming or Outgoing | Direction of Call
grade: Year Group | Yr
!notes: Summary of Communication | Action Agreed
!phone: Tel No | Mobile No
!other_date: Review Date | D.O.B.
""",
    "home visits": """
student_name: Student Visited | Name of Child
student_id: Student Local ID | District ID
contact_date: Visit Date | Date of Home Visit | Scheduled Visit
contact_time: Arrival Time | Visit Start
channel: Visit Format | Virtual or In-Person
outcome: Visit Outcome | Visit Completed?
topic: Visit Purpose | Goal of Visit
staff: Lead Visitor | Visitor 1 | Visiting Teacher
contact_with: Who Was Home | Family Members Present
language: Visit Language
interpreter: Interpreter? | Interpreter Attended
student_present: Student Participated | Student at Visit
minutes: Visit Length (min) | Minutes Visited
school: School of Student | Sending School
grade: Student Grade Level
!address: Address Visited | Street Address
!notes: Hopes and Dreams | Visit Reflection
!staff: Second Visitor | Visitor 2
!number: Mileage | Stipend
""",
    "careless": """
student_name: Studnet Name | Stduent | Student Nmae
student_id: Studnet ID | Stuent Number | Student IDs #
contact_date: Dtae | Date of Contct | Contcat Date | Dat of Call
channel: Mehtod | Contact Mehtod | Typ of Contact | Comunication Type
outcome: Outcom | Reslt | Resullt of call | Ouctome
topic: Resaon | Reson for Contact | Topci | Purpse
staff: Techer | Staf Member | Teahcer Name
contact_with: Realtionship | Relatonship | Spoke whit
initiated_by: Intiated by | Initated By
direction: Direcion | Inbond/Outbond
school: Shcool | Scool Name
grade: Garde | Grde Level
language: Langauge | Languge
minutes: Mintues | Duratoin (min)
!notes: Coments | Ntoes
!phone: Phon Number | Telehpone
!email: Emial
!parent: Parnet Name | Guardain Name
""",
}

ROSTERS = {
    "office": """
student_id: Student ID | Student Number | ID Number | Stu ID
first_name: First Name | First
last_name: Last Name | Last
school: School | School Name
grade: Grade | Grade Level
entry_date: Entry Date | Enroll Date | Start Date | Date Enrolled
exit_date: Exit Date | Withdrawal Date | Leave Date
home_language: Home Language | Language at Home
iep: IEP | Special Ed | SPED
english_learner: ELL | English Learner | EL Status
low_income: FRL | Free/Reduced Lunch | Low Income
race_ethnicity: Race | Ethnicity | Race/Ethnicity
gender: Gender | Sex
!birth: DOB | Birthdate
!phone: Home Phone | Emergency Phone
!email: Parent Email
!parent: Guardian Name
!staff: Homeroom Teacher
!address: Address
""",
    "state file": """
student_id: LocalStudentID | LOCAL_ID | District Student Id
student_name: StudentFullName | STUDENT_NAME
school: SchoolName | SCHOOL_NM
grade: GradeLevelCode | GRADE_CD
entry_date: EntryDate | ENROLLMENT_START_DT | EnrollmentBeginDate
exit_date: ExitDate | ENROLLMENT_END_DT | EnrollmentEndDate
home_language: HomeLanguageCode | PRIMARY_LANG
iep: SpecialEducationFlag | SWD_IND | DisabilityStatus
english_learner: EnglishLearnerStatus | LEP_FLAG | EL_IND
low_income: EconomicDisadvantageFlag | ECON_DISADV_IND
race_ethnicity: FederalRaceCategory | RACE_ETHN_CD
gender: GenderCode | SEX_CD
school_year: SchoolYear | REPORTING_YEAR
!state_id: StateStudentID | SSID
!birth: BirthDate | DATE_OF_BIRTH
!stamp: LastUpdated
!words: ExitReasonCode
""",
    "spanish": """
student_id: Matrícula | Número de alumno
first_name: Nombre | Nombres
last_name: Apellidos | Apellido
school: Escuela | Plantel
grade: Grado | Grado escolar
entry_date: Fecha de ingreso | Fecha de inscripción
exit_date: Fecha de baja | Fecha de salida
home_language: Idioma del hogar | Lengua materna
iep: Educación especial
english_learner: Aprendiz de inglés
gender: Sexo | Género
race_ethnicity: Raza | Origen étnico
!birth: Fecha de nacimiento
!phone: Teléfono
!parent: Nombre del tutor
""",
}

HELD_OUT_ROSTERS = {
    "abbreviated": """
student_id: STU_ID | SID | STDNT_NBR | Stu #
first_name: FNAME | FRST_NM | F_NAME
last_name: LNAME | LST_NM | L_NAME
school: SCH | SCHL_NM | BLDG
grade: GRD | GR | GRD_LVL
entry_date: ENT_DT | ENRL_DT | BEG_DATE
exit_date: WD_DT | EXT_DT | END_DATE
home_language: HM_LANG | LANG
iep: SPED_FLG | SPED
english_learner: ELL_FLG | LEP
low_income: FRL_CD | LUNCH
race_ethnicity: ETH | RACE_CD
gender: GNDR | SX
!birth: BRTH_DT | DOB
!phone: PH
!staff: HR_TCHR
""",
    "charter": """
student_id: Scholar ID | Student SIS Number
student_name: Scholar Name | Scholar
school: Campus | Academy
grade: Current Grade Level | Class Level
entry_date: First Day Enrolled | Start of Enrollment
exit_date: Last Day Attended | End of Enrollment
home_language: Family Home Language | Language Spoken at Home
iep: Has IEP? | Receives Special Education
english_learner: Multilingual Learner? | ML Status
low_income: Qualifies for Free or Reduced Lunch | Economically Disadvantaged?
race_ethnicity: Racial Identity | Ethnic Background
gender: Gender Identity
!birth: Birthday
!email: Scholar Email
!words: Advisory | House
!yn: Active? | Media Release
""",
    "careless": """
student_id: Studnet ID | Stuednt Number
first_name: Frist Name | Firstname
last_name: Lsat Name | Last Nmae
school: Shcool | Schol Name
grade: Grad Level | Garde
entry_date: Entery Date | Enrolment Date
exit_date: Exti Date | Withdrawl Date
home_language: Home Langauge | Home Lanugage
iep: Speical Ed | IEP?
english_learner: Englsh Learner | ELL?
low_income: Free/Reduced Luch | Low Incme
race_ethnicity: Ethnicty | Race/Ethncity
gender: Gendr | Sexx
!birth: Brithdate | DOB
!phone: Phnoe
!email: Emial
""",
}
