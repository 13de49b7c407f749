import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct RiderQueueTests {
    private var queue = RiderQueue(key: "resque:queue:a")

    @Test mutating func aJobWasQueuedWhenItWasFirstSeen() {
        queue.see(2, at: 100)
        queue.see(3, at: 200)
        #expect(queue.pop(at: 300) == 100)
        #expect(queue.pop(at: 300) == 100)
        #expect(queue.pop(at: 300) == 200)
    }

    @Test mutating func anUnseenJobWasQueuedWhenItWasPopped() {
        #expect(queue.pop(at: 300) == 300)
        queue.see(1, at: 400)
        #expect(queue.pop(at: 500) == 400)
    }

    @Test mutating func looksThatShowNothingNewDoNotMoveTheTime() {
        queue.see(1, at: 100)
        queue.see(1, at: 200)
        #expect(queue.pop(at: 300) == 100)
    }
}
