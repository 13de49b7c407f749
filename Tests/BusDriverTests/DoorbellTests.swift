import Testing

@testable import BusDriver

/// The wait of an idle driver, and the event that ends it.
@Suite(.timeLimit(.minutes(1))) struct DoorbellTests {
    private let parts = DriverParts()
    private let doorbell: Doorbell

    init() {
        doorbell = Doorbell(draft: parts.tools.draft())
    }

    private let event = HeldBatch(
        events: .text(#"{"class":"QueueBus::Driver","args":["{}"]}"#), sequence: 1, barrier: 3, recoveries: nil)

    @Test func itIsArmedUntilItRings() {
        doorbell.arm()
        #expect(doorbell.isArmed)
        doorbell.rang()
        #expect(!doorbell.isArmed)
    }

    /// The connection that waited is gone, and the event may be somebody else's by now.
    @Test func nothingWaitsWhenASessionBegins() {
        doorbell.arm()
        doorbell.hold(event)
        doorbell.reset()
        #expect(!doorbell.isArmed && doorbell.peeked == nil)
    }

    /// Else it would be handed over twice.
    @Test func anEventIsTakenOnce() {
        doorbell.hold(event)
        #expect(doorbell.take()?.barrier == 3)
        #expect(doorbell.take() == nil && doorbell.peeked == nil)
    }

    @Test func aDraftOfOtherSubscriptionsThanThoseInForceIsOutdated() {
        let (old, new) = (DriverParts.subscriptions(), DriverParts.subscriptions())
        doorbell.hold(event)
        doorbell.write(with: old, context: parts.context)
        #expect(doorbell.draft.events == 1)
        #expect(!doorbell.isOutdated(by: old))
        #expect(doorbell.isOutdated(by: new))
    }
}
