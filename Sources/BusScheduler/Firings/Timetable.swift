package import BusCalendar
package import BusProtocol
package import BusWire

/// All schedules of a leader: where each stands, and which falls due next. It decides, and touches nothing.
///
/// Who leads takes `steps`, lets Redis execute them in order, and hands each answer to `answered`. A schedule whose
/// answers are outstanding rests until the last of them is in. When answers are lost with a connection, or another
/// scheduler has led meanwhile, everything is loaded anew.
///
/// All times are milliseconds since 1970 of Redis' clock. Names are told apart by their bytes.
package struct Timetable: Sendable {
    /// The zone of lines of cron that name none.
    private let zone: ZoneRules
    private var rows: [ExactString: Row] = [:]
    /// When each schedule is looked at next, but those with outstanding answers.
    private var agenda = Agenda()
    /// How many answers are outstanding; also of schedules that were removed meanwhile.
    private var outstanding: [ExactString: Int] = [:]
    private var remarks: [(name: String, remark: FiringPlan.Remark)] = []

    /// How long, in milliseconds, a schedule rests after it was refused.
    static let rest = 1000

    private struct Row {
        let entry: ScheduleEntry
        let firings: FiringSequence
        let isPaused: Bool
        /// What Redis holds, as it was last read or written; empty for nothing.
        var noted: String
        /// When it fired last, as others have noted it; nil once `noted` knows of it.
        var enqueued: Int?
        /// When to look again once all answers are in.
        var resumes: Int? = 0
        var trouble: Trouble?
    }

    /// What was amiss with one of the answers that belong together.
    private enum Trouble {
        /// Redis refused a step, and so did not take those behind it.
        case refused
        /// Redis holds something else than was believed.
        case changed
    }

    /// - Parameter zone: the local one, of lines of cron that name none.
    package init(zone: ZoneRules) {
        self.zone = zone
    }

    /// Replaces everything: a leader has just taken over, or lost its connection.
    ///
    /// Costs O(n), and nothing is planned yet. No answer to an earlier step may be handed over afterwards.
    ///
    /// - Parameters:
    ///   - entries: the schedules; of two with one name the later counts.
    ///   - states: the hash `busdriver:cron` as it was read, by name of the schedule.
    ///   - enqueued: the hash `delayed:last_enqueued_at` likewise.
    ///   - paused: names of schedules whose firings are passed over.
    package mutating func load(
        _ entries: [ScheduleEntry], states: [ExactString: String], enqueued: [ExactString: String] = [:],
        paused: Set<ExactString>
    ) {
        self = Timetable(zone: zone)
        for entry in entries {
            let name = ExactString(entry.name)
            put(entry, state: states[name], enqueued: enqueued[name], isPaused: paused.contains(name))
        }
    }

    /// Adds a schedule, or replaces the one of its name; it is planned anew.
    ///
    /// - Parameters:
    ///   - entry: the schedule.
    ///   - state: its field of `busdriver:cron` as it was read; nil if there is none.
    ///   - enqueued: its field of `delayed:last_enqueued_at` likewise. Ruby's schedulers write nothing else.
    ///   - isPaused: whether its firings are passed over.
    package mutating func put(_ entry: ScheduleEntry, state: String?, enqueued: String?, isPaused: Bool) {
        let name = ExactString(entry.name)
        let time = enqueued.flatMap(RubyTime.epoch).map { $0 * 1000 }
        if enqueued != nil, time == nil { remarks.append((entry.name, .incredible)) }
        rows[name] = Row(
            entry: entry, firings: FiringSequence(timing: entry.timing, zone: zone), isPaused: isPaused,
            noted: state ?? "", enqueued: time)
        if outstanding[name] == nil { agenda.put(name, at: 0) }
    }

    /// Forgets a schedule; what Redis holds of it stays there.
    package mutating func remove(_ name: String) {
        let name = ExactString(name)
        rows[name] = nil
        agenda.put(name, at: nil)
    }

    /// When `steps` has something to look at, which may be in the past; nil while there is nothing but outstanding
    /// answers, or no further firing. O(1).
    package var next: Int? { agenda.next }

    /// What to do now, in this order. A schedule that catches up goes behind all others after each batch.
    ///
    /// At most `limit` schedules are looked at, and not all of them have something to be done: none of the steps
    /// may be left while `next` is not later than now.
    ///
    /// - Parameters:
    ///   - now: the present.
    ///   - believed: of `ClockWatch`.
    ///   - limit: the most steps.
    package mutating func steps(now: Int, believed: Int?, limit: Int) -> [Step] {
        var steps: [Step] = []
        var looks = 0
        while looks < limit, steps.count < limit, let name = agenda.popFirst(upTo: now) {
            looks += 1
            steps += plan(name, now: now, believed: believed, limit: limit - steps.count)
        }
        return steps
    }

    private mutating func plan(_ name: ExactString, now: Int, believed: Int?, limit: Int) -> [Step] {
        guard let row = rows[name] else { return [] }
        let state = FiringState(row.noted)
        let plan = FiringPlan(
            firings: row.firings, state: state, enqueued: row.enqueued, now: now, seen: believed,
            catchUp: row.entry.catchUp, isPaused: row.isPaused)
        if let remark = plan.remark { remarks.append((name.text, remark)) }
        // What changes nothing now must not change anything later; what does is heeded when Redis has noted it.
        if plan.note == nil { rows[name]?.enqueued = nil }
        if state == nil, !row.noted.isEmpty { remarks.append((name.text, .unbelieved(row.noted))) }
        var steps: [Step] = []
        if let note = plan.note { steps.append(.note(name: name.text, state: note, old: row.noted)) }
        var reached = plan.note ?? state
        for (index, firing) in plan.due.prefix(limit).enumerated() {
            let following = index + 1 < plan.due.count ? plan.due[index + 1] : plan.next
            guard let fired = reached?.following(firing) else { break }
            steps.append(
                .fire(
                    entry: row.entry, state: fired, old: steps.last?.noted ?? row.noted,
                    enqueued: row.firings.enqueued(firing, before: following, now: now)))
            reached = fired
        }
        let next = plan.due.count > limit ? plan.due[limit] : plan.next
        if steps.isEmpty {
            agenda.put(name, at: next)
        } else {
            outstanding[name] = steps.count
            rows[name]?.resumes = next
            rows[name]?.trouble = nil
        }
        return steps
    }

    /// Takes the answer to a step. The answers to the steps of one schedule come in the order of the steps.
    ///
    /// - Parameter now: the present.
    package mutating func answered(_ step: Step, _ answer: LeaderAnswer, now: Int) -> Consequence {
        let name = ExactString(step.name)
        guard let count = outstanding[name] else { return .none }
        outstanding[name] = count == 1 ? nil : count - 1
        var consequence = Consequence.none
        switch answer {
        case .done:
            rows[name]?.noted = step.noted
            rows[name]?.enqueued = nil
        case .duplicate, .changed:
            if rows[name]?.trouble == nil { rows[name]?.trouble = .changed }
        case .notLeader:
            rows[name]?.trouble = .refused
            consequence = .lostLeadership
        case .refused(let reply):
            rows[name]?.trouble = .refused
            consequence = .refused(reply)
        }
        guard count == 1, let row = rows[name] else { return consequence }
        switch row.trouble {
        case nil:
            agenda.put(name, at: row.resumes.map { max($0, now) })
        case .refused:
            agenda.put(name, at: now + Self.rest)
        case .changed:
            // Should what is read be what was known, it is tried again as after a refusal.
            agenda.put(name, at: now + Self.rest)
            consequence = .reread(name.text)
        }
        return consequence
    }

    /// Takes what was read from `busdriver:cron` anew; nil if there was nothing.
    package mutating func restate(_ name: String, _ state: String?) {
        let name = ExactString(name)
        let state = state ?? ""
        guard let row = rows[name], !row.noted.isExactly(state) else { return }
        rows[name]?.noted = state
        look(name)
    }

    /// Plans everything anew: the clock moved by more than time passed.
    package mutating func clockJumped() {
        for name in rows.keys { look(name) }
    }

    /// Plans a schedule at the next opportunity.
    private mutating func look(_ name: ExactString) {
        if outstanding[name] == nil {
            agenda.put(name, at: 0)
        } else {
            rows[name]?.resumes = 0
        }
    }

    /// What an operator should hear since the last call: names of schedules and remarks about them.
    package mutating func takeRemarks() -> [(name: String, remark: FiringPlan.Remark)] {
        defer { remarks = [] }
        return remarks
    }
}
