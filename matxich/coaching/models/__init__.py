"""Tables of this room, one file for each part of the work."""

from matxich.coaching.models.cohorts import (
    Cohort,
    Interview,
    Participant,
    Photo,
    Recheck,
    ScreeningSheet,
    Selection,
    Signature,
    Visit,
)
from matxich.coaching.models.measuring import (
    Assessment,
    Baseline,
    EndMeasurement,
    FollowUp,
    FollowUpLink,
    KpiDefinition,
    KpiReading,
    MeasuredKpi,
)
from matxich.coaching.models.people import (
    Certificate,
    Course,
    CourseAttendance,
    CourseDay,
    Enrolment,
    ExpertDay,
    ExpertRating,
    Person,
    StaffPost,
)
from matxich.coaching.models.working import (
    ActionItem,
    ExpertAssignment,
    Session,
    SessionAttendance,
    WeeklyLog,
)

__all__ = [
    "ActionItem", "Assessment", "Baseline", "Certificate", "Cohort", "Course", "CourseAttendance", "CourseDay",
    "EndMeasurement", "Enrolment", "ExpertAssignment", "ExpertDay", "ExpertRating", "FollowUp", "FollowUpLink",
    "Interview", "KpiDefinition", "KpiReading", "MeasuredKpi", "Participant", "Person", "Photo", "Recheck",
    "ScreeningSheet", "Selection", "Session", "SessionAttendance", "Signature", "StaffPost", "Visit", "WeeklyLog",
]  # fmt: skip
