import BusCalendar
import BusWire
import Testing

/// What people are told about firings.
@Suite(.timeLimit(.minutes(1))) struct UpcomingFiringsTests {
    private static let now = 1_795_240_800_000

    private func firings(_ definition: JSONValue) throws -> FiringSequence {
        var warnings: [ScheduleWarning] = []
        let entry = try ScheduleEntry(
            name: "s", definition: definition.setting("queue", to: "q"), zones: ZoneDirectory(), warnings: &warnings)
        return FiringSequence(timing: entry.timing, zone: .utc)
    }

    private func state(_ firings: FiringSequence, _ last: Int, anchor: Int? = nil) -> FiringState {
        FiringState(last: last, fingerprint: firings.timing.fingerprint, anchor: anchor)
    }

    @Test func cronCountsFromNow() throws {
        let firings = try firings(["cron": "30 6 * * *"])
        let first = Self.now + 1_800_000
        for state in [nil, state(firings, 0), state(firings, Self.now - 1)] {
            #expect(firings.upcoming(3, after: Self.now, state: state) == [0, 1, 2].map { first + $0 * 86_400_000 })
        }
        #expect(firings.upcoming(1, after: Self.now, state: state(firings, first)) == [first + 86_400_000])
        #expect(firings.upcoming(0, after: Self.now, state: nil) == [])
    }

    @Test func cronThatNeverFiresHasNoFirings() throws {
        #expect(try firings(["cron": "0 0 -31 2 *"]).upcoming(3, after: Self.now, state: nil) == [])
    }

    @Test func anIntervalCountsFromItsAnchor() throws {
        let firings = try firings(["every": ["60s", ["first_in": "5s"]]])
        let anchor = Self.now - 90_000
        let noted = state(firings, anchor, anchor: anchor)
        #expect(firings.upcoming(2, after: Self.now, state: noted) == [Self.now + 30_000, Self.now + 90_000])
        // Never seen, or seen with another timing: as if it were seen now.
        let unseen = [Self.now + 5000, Self.now + 65_000]
        #expect(firings.upcoming(2, after: Self.now, state: nil) == unseen)
        let other = FiringState(last: anchor, fingerprint: "every:1:1", anchor: anchor)
        #expect(firings.upcoming(2, after: Self.now, state: other) == unseen)
    }

    @Test func anIntervalThatBeginsAtOnceBeginsNow() throws {
        let firings = try firings(["every": ["60s", ["first_in": "now"]]])
        #expect(firings.upcoming(2, after: Self.now, state: nil) == [Self.now, Self.now + 60_000])
    }

    @Test func theTimeOfTheFirstSightIsNoFiring() throws {
        let cron = try firings(["cron": "30 6 * * *"])
        #expect(cron.lastFiring(in: state(cron, Self.now)) == nil)
        #expect(cron.lastFiring(in: state(cron, Self.now + 1_800_000)) == Self.now + 1_800_000)
        let every = try firings(["every": "60s"])
        #expect(every.lastFiring(in: state(every, Self.now - 1, anchor: Self.now)) == nil)
        #expect(every.lastFiring(in: state(every, Self.now, anchor: Self.now)) == Self.now)
        #expect(every.lastFiring(in: state(every, Self.now)) == nil, "an interval without an anchor was never seen")
        #expect(every.lastFiring(in: FiringState(last: Self.now, fingerprint: "x", anchor: Self.now)) == nil)
    }
}
