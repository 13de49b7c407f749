import BusWire
import Testing

@testable import BusScheduler

@Suite(.timeLimit(.minutes(1))) struct AgendaTests {
    @Test func namesComeByTimeAndThenInTheOrderInWhichTheyWerePut() {
        var agenda = Agenda()
        for (name, time) in [("a", 5), ("b", 3), ("c", 5), ("d", 3), ("a", 3), ("e", 9), ("e", 4), ("c", 8)] {
            agenda.put(ExactString(name), at: time)
        }
        agenda.put("b", at: nil)
        #expect(agenda.next == 3)
        var names: [String] = []
        while let name = agenda.popFirst(upTo: 7) { names.append(name.text) }
        #expect(names == ["d", "a", "e"])
        #expect(agenda.next == 8)
        agenda.put("c", at: nil)
        #expect(agenda.next == nil)
    }

    @Test func whatIsPutOverAndOverComesOnce() {
        var agenda = Agenda()
        agenda.put("first", at: 1)
        for time in 0..<10_000 { agenda.put("other", at: 20_000 - time) }
        #expect(agenda.itemCount < 100)
        #expect(agenda.popFirst(upTo: 1) == "first")
        #expect(agenda.next == 10_001)
        #expect(agenda.popFirst(upTo: 30_000) == "other")
        #expect(agenda.popFirst(upTo: 30_000) == nil)
    }
}
