import BusMatching
import BusProtocol
import BusWire
import RedisConnection

/// What a driver and a rider would do, in this process (contract §5, local modes).
extension Bus {
    private var declaredSubscriptions: [Subscription] {
        declared.sorted { $0.key < $1.key }.flatMap(\.value)
    }

    /// The declared subscriptions that match, and the event as it comes out of JSON.
    private func match(_ event: EventAttributes) throws(BusError) -> (matches: [Subscription], event: [JSONMember]) {
        let copy = try? JSONValue.parse(event.json.encoded())
        guard let members = copy?.members else {
            throw BusError(.invalidEvent, "An attribute cannot be written as JSON and read again.")
        }
        let index = SubscriptionIndex(subscriptions: declaredSubscriptions)
        let scratch = MatchScratch()
        index.match(members, using: scratch)
        return (scratch.matches.map { index.subscriptions[Int($0)] }, members)
    }

    /// `standalone`: pushes the jobs that a driver would push.
    func pushLocally(_ event: EventAttributes, element: [UInt8]) async throws(BusError) {
        let matches = try match(event).matches
        let templates = JobTemplates(subscriptions: matches)
        let now = configuration.now()
        var pipeline = RedisPipeline()
        element.withUnsafeBytes { bytes in
            let scan = EventScan()
            _ = scan.scan(bytes)
            let job = JobBuffer()
            for (number, subscription) in matches.enumerated() {
                job.removeAll()
                templates.appendJob(number, of: scan, drivenAt: now, to: job)
                pipeline.appendPush(of: job, to: subscription.queue, bus: keys)
            }
        }
        if !pipeline.isEmpty { try await send(pipeline) }
    }

    /// `inline`: hands the event to each matching subscription.
    func deliverLocally(
        _ event: EventAttributes, _ deliver: @Sendable (LocalDelivery) async throws -> Void
    ) async throws(BusError) {
        let (matches, members) = try match(event)
        for subscription in matches {
            // Ruby merges the event over these, so its own values win.
            var attributes: EventAttributes = [
                "bus_driven_at": .integer(configuration.now()),
                "bus_rider_queue": .string(subscription.queue),
                "bus_rider_app_key": .string(subscription.appKey),
                "bus_rider_sub_key": .string(subscription.key),
                "bus_rider_class_name": .string(subscription.className),
            ]
            for member in members { attributes[member.key] = member.value }
            do {
                try await deliver(
                    LocalDelivery(
                        application: subscription.appKey, key: subscription.key, queue: subscription.queue,
                        className: subscription.className, attributes: attributes))
            } catch {
                throw BusError(
                    .callbackFailed, "The handler of \(subscription.appKey)/\(subscription.key) failed: \(error)",
                    underlying: error)
            }
        }
    }
}
