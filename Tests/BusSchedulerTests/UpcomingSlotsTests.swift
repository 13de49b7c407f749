import BusCalendar
import BusWire
import Testing

/// What people are told about slots.
@Suite(.timeLimit(.minutes(1))) struct UpcomingSlotsTests {
    private static let now = 1_795_240_800_000

    private func slots(_ definition: JSONValue) throws -> SlotSequence {
        var warnings: [ScheduleWarning] = []
        let entry = try ScheduleEntry(
            name: "s", definition: definition.setting("queue", to: "q"), zones: ZoneDirectory(), warnings: &warnings)
        return SlotSequence(timing: entry.timing, zone: .utc)
    }

    private func state(_ slots: SlotSequence, _ last: Int, anchor: Int? = nil) -> SlotState {
        SlotState(last: last, fingerprint: slots.timing.fingerprint, anchor: anchor)
    }

    @Test func cronCountsFromNow() throws {
        let slots = try slots(["cron": "30 6 * * *"])
        let first = Self.now + 1_800_000
        for state in [nil, state(slots, 0), state(slots, Self.now - 1)] {
            #expect(slots.upcoming(3, after: Self.now, state: state) == [0, 1, 2].map { first + $0 * 86_400_000 })
        }
        #expect(slots.upcoming(1, after: Self.now, state: state(slots, first)) == [first + 86_400_000])
        #expect(slots.upcoming(0, after: Self.now, state: nil) == [])
    }

    @Test func cronThatNeverFiresHasNoSlots() throws {
        #expect(try slots(["cron": "0 0 -31 2 *"]).upcoming(3, after: Self.now, state: nil) == [])
    }

    @Test func anIntervalCountsFromItsAnchor() throws {
        let slots = try slots(["every": ["60s", ["first_in": "5s"]]])
        let anchor = Self.now - 90_000
        let noted = state(slots, anchor, anchor: anchor)
        #expect(slots.upcoming(2, after: Self.now, state: noted) == [Self.now + 30_000, Self.now + 90_000])
        // Never seen, or seen with another timing: as if it were seen now.
        let unseen = [Self.now + 5000, Self.now + 65_000]
        #expect(slots.upcoming(2, after: Self.now, state: nil) == unseen)
        let other = SlotState(last: anchor, fingerprint: "every:1:1", anchor: anchor)
        #expect(slots.upcoming(2, after: Self.now, state: other) == unseen)
    }

    @Test func anIntervalThatBeginsAtOnceBeginsNow() throws {
        let slots = try slots(["every": ["60s", ["first_in": "now"]]])
        #expect(slots.upcoming(2, after: Self.now, state: nil) == [Self.now, Self.now + 60_000])
    }

    @Test func theTimeOfTheFirstSightIsNoSlot() throws {
        let cron = try slots(["cron": "30 6 * * *"])
        #expect(cron.lastSlot(in: state(cron, Self.now)) == nil)
        #expect(cron.lastSlot(in: state(cron, Self.now + 1_800_000)) == Self.now + 1_800_000)
        let every = try slots(["every": "60s"])
        #expect(every.lastSlot(in: state(every, Self.now - 1, anchor: Self.now)) == nil)
        #expect(every.lastSlot(in: state(every, Self.now, anchor: Self.now)) == Self.now)
        #expect(every.lastSlot(in: state(every, Self.now)) == nil, "an interval without an anchor was never seen")
        #expect(every.lastSlot(in: SlotState(last: Self.now, fingerprint: "x", anchor: Self.now)) == nil)
    }
}
