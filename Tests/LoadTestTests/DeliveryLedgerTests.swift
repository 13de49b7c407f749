import Testing

@testable import LoadTest

/// Every third event is for queue 0, every third for the queues 0 and 2, every third for nobody.
private struct ThreeKinds: Workload {
    let applications: [WorkloadApplication] = []
    let queues = ["a", "b", "c"]

    func kind(of sequence: Int) -> WorkloadKind { sequence % 3 == 2 ? .malformed : .matched }
    func append(_ sequence: Int, stamp: EventStamp, to element: inout [UInt8]) {}
    func withDestinations<Result>(of sequence: Int, _ body: (UnsafeBufferPointer<UInt16>) -> Result) -> Result {
        let destinations: [[UInt16]] = [[0], [0, 2], []]
        return destinations[sequence % 3].withUnsafeBufferPointer(body)
    }
}

@Suite(.timeLimit(.minutes(1))) struct DeliveryLedgerTests {
    private var ledger = DeliveryLedger(ThreeKinds())

    private mutating func publish(_ count: Int) {
        for _ in 0..<count {
            ledger.publish(intended: Int64(ledger.published) * 10, written: Int64(ledger.published) * 10 + 1)
        }
    }

    @Test mutating func anExpectedCopyTellsWhenItsEventLeft() {
        publish(3)
        #expect(ledger.expectedCopies == 3)
        #expect(ledger.arrive(1, queue: 2) == .expected(.init(intended: 10, written: 11)))
        #expect(!ledger.isSettled)
        #expect(ledger.arrive(0, queue: 0) == .expected(.init(intended: 0, written: 1)))
        #expect(ledger.arrive(1, queue: 0) == .expected(.init(intended: 10, written: 11)))
        #expect(ledger.isSettled)
    }

    @Test mutating func theSecondCopyIsADouble() {
        publish(1)
        _ = ledger.arrive(0, queue: 0)
        #expect(ledger.arrive(0, queue: 0) == .doubled)
        #expect(ledger.doubled == 1)
        #expect(ledger.arrivedCopies == 1)
    }

    @Test mutating func aDoubleOfAForgottenEventIsStillADouble() {
        publish(100_000)
        for sequence in 0..<100_000 {
            for queue in [0, 2] where sequence % 3 == 1 || sequence % 3 == 0 && queue == 0 {
                _ = ledger.arrive(sequence, queue: queue)
            }
        }
        #expect(ledger.isSettled)
        #expect(ledger.arrive(0, queue: 0) == .doubled)
        #expect(ledger.arrive(0, queue: 2) == .misrouted)
    }

    @Test mutating func aCopyForNobodyIsMisrouted() {
        publish(3)
        #expect(ledger.arrive(2, queue: 0) == .misrouted)
        #expect(ledger.arrive(0, queue: 1) == .misrouted)
        #expect(ledger.arrive(3, queue: 0) == .misrouted)
        #expect(ledger.misroute() == .misrouted)
        #expect(ledger.misrouted == 4)
    }

    @Test mutating func anEarlierEventAfterALaterOneIsOutOfOrder() {
        publish(6)
        _ = ledger.arrive(3, queue: 0)
        _ = ledger.arrive(1, queue: 0)
        _ = ledger.arrive(1, queue: 2)
        #expect(ledger.outOfOrder == 1)
    }

    @Test mutating func whatWaitsOrFailedIsNotLost() {
        publish(9)
        _ = ledger.arrive(0, queue: 0)
        _ = ledger.arrive(1, queue: 0)
        let counts = ledger.counts(waiting: [3, 8], failed: [4, 2])
        // Missing: a copy of 1, one of 6, two of 7; 3 waits and 4 failed.
        #expect(counts.lost == 4)
        #expect(counts.waiting == 2)
        #expect(counts.failed == 1)
        #expect(counts.malformed == 2)
        #expect(counts.malformedKept == 1)
        #expect(!counts.isCorrect)
    }
}
