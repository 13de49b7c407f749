import BusOperations
import Testing

/// Nobody publishes a line twice: what is published is said whenever it ends midway.
@Suite(.timeLimit(.minutes(1))) struct LinePublicationTests {
    private static func filled(_ lines: ClosedRange<Int>) -> LinePublication<String> {
        var publication = LinePublication<String>()
        for line in lines { _ = publication.add("e\(line)", line: line) }
        return publication
    }

    @Test func linesGoTogetherUntilThereAreEnough() {
        var publication = LinePublication<String>()
        let isTime = (1...512).map { publication.add("e", line: $0) }
        #expect(isTime.firstIndex(of: true) == 511)
        let batch = publication.takeWaiting()
        #expect(batch.map(\.number) == Array(1...512))
        let rest = publication.takeWaiting()
        #expect(rest.isEmpty && publication.count == 0, "taken is not published")
        publication.note(published: batch)
        #expect(publication.count == 512 && publication.account == "512 events (lines 1–512) are published")
    }

    /// Blank lines have numbers and no events.
    @Test func theAccountCountsEventsAndNamesLines() {
        var publication = LinePublication<String>()
        #expect(publication.account == "No event is published")
        for line in [2, 5, 9] { _ = publication.add("e", line: line) }
        publication.note(published: publication.takeWaiting())
        #expect(publication.account == "3 events (lines 1–9) are published")
    }

    @Test func whatToDoDependsOnWhatIsKnown() {
        var publication = Self.filled(1...2)
        publication.note(published: publication.takeWaiting())
        for line in 3...5 { _ = publication.add("e", line: line) }
        let batch = publication.takeWaiting()
        let done = "2 events (lines 1–2) are published; "
        #expect(publication.account(of: batch, isUncertain: true) == done + "of lines 3–5 some may be.")
        #expect(publication.account(of: batch, isUncertain: false) == done + "publish from line 3.")
        publication.note(published: [batch[0]])
        let more = "3 events (lines 1–3) are published; "
        #expect(publication.account(of: batch[1], after: .uncertain) == more + "line 4 may be.")
        #expect(
            publication.account(of: batch[1], after: .faulty) == more + "line 4 is not: mend it and publish from there."
        )
        #expect(publication.account(of: batch[1], after: .unsent) == more + "publish from line 4.")
    }
}
