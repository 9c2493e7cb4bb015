"""Tables of the room: councils and what they judge by; cases and interests; sessions and ballots; decisions."""

from matxich.appraisal.models.ballots import ApprovedPrice as ApprovedPrice
from matxich.appraisal.models.ballots import Ballot as Ballot
from matxich.appraisal.models.ballots import Opening as Opening
from matxich.appraisal.models.ballots import Outcome as Outcome
from matxich.appraisal.models.ballots import Remark as Remark
from matxich.appraisal.models.ballots import Trim as Trim
from matxich.appraisal.models.cases import Assignment as Assignment
from matxich.appraisal.models.cases import AssignmentRun as AssignmentRun
from matxich.appraisal.models.cases import Batch as Batch
from matxich.appraisal.models.cases import Case as Case
from matxich.appraisal.models.cases import Declaration as Declaration
from matxich.appraisal.models.cases import Interest as Interest
from matxich.appraisal.models.councils import Council as Council
from matxich.appraisal.models.councils import CouncilMember as CouncilMember
from matxich.appraisal.models.councils import CouncilPlan as CouncilPlan
from matxich.appraisal.models.councils import CriteriaSet as CriteriaSet
from matxich.appraisal.models.decisions import Decision as Decision
from matxich.appraisal.models.decisions import RankingRun as RankingRun
from matxich.appraisal.models.sessions import AgendaItem as AgendaItem
from matxich.appraisal.models.sessions import Attendance as Attendance
from matxich.appraisal.models.sessions import Session as Session
