import BusProtocol
import BusWire
public import Foundation
import RedisConnection

/// An event to publish in a batch.
public struct BusEvent: Sendable {
    /// `bus_event_type`.
    public var type: String
    /// The event's own attributes.
    public var attributes: EventAttributes
    /// When to publish it; nil means at once.
    public var time: Date?

    public init(_ type: String, _ attributes: EventAttributes = [:], at time: Date? = nil) {
        self.type = type
        self.attributes = attributes
        self.time = time
    }
}

extension Bus {
    /// Most events that one round trip carries.
    private static let batchSize = 512

    /// Publishes an event: when this returns, Redis has it, and the driver will hand a copy to each subscriber.
    ///
    /// - Parameters:
    ///   - type: what happened, such as `user_created`. An attribute `bus_event_type` wins over it.
    ///   - attributes: whatever subscribers need to know.
    /// - Returns: all attributes of the event, also those that the bus added (`id` is one of them).
    /// - Throws: ``BusError``; mind ``BusError/Code/outcomeUnknown``.
    @discardableResult
    public func publish(_ type: String, _ attributes: EventAttributes = [:]) async throws(BusError) -> EventAttributes {
        let (event, element) = try prepare(BusEvent(type, attributes))
        switch localMode {
        case .off:
            var pipeline = RedisPipeline()
            pipeline.appendPush([element.bytes], to: configuration.incoming, bus: keys)
            try await send(pipeline)
        case .suppress: break
        case .standalone: try await pushLocally(event, element: element.bytes)
        case .inline(let deliver): try await deliverLocally(event, deliver)
        case .transport(let transport): _ = await transport.push(localElement(element))
        }
        return event
    }

    /// Publishes an event later: it waits in Redis for the scheduler, also if this process ends.
    ///
    /// It keeps the `bus_id` that it gets now. Callbacks before publishing run now, and with a Ruby driver again then.
    ///
    /// - Parameters:
    ///   - type: what will have happened.
    ///   - attributes: whatever subscribers need to know.
    ///   - time: to the second; one that has passed means at once.
    /// - Returns: all attributes of the event, also those that the bus added.
    /// - Throws: ``BusError``; mind ``BusError/Code/outcomeUnknown``.
    @discardableResult
    public func publish(
        _ type: String, _ attributes: EventAttributes = [:], at time: Date
    ) async throws(BusError) -> EventAttributes {
        let (event, element) = try prepare(BusEvent(type, attributes, at: time))
        if let transport = localMode.transport {
            _ = await transport.push(localElement(element))
            return event
        }
        var pipeline = RedisPipeline()
        append([element], to: &pipeline)
        try await send(pipeline)
        return event
    }

    /// Publishes many events in the order given, some hundred in one round trip.
    ///
    /// A batch is no transaction: when it fails, the error's `publishedCount` tells how many events are known to be
    /// published, from the first on. In a local mode they go one by one.
    ///
    /// - Returns: how many events were published: all of them.
    /// - Throws: ``BusError``.
    @discardableResult
    public func publishAll(_ events: some Sequence<BusEvent> & Sendable) async throws(BusError) -> Int {
        var count = 0
        var batch: [BusEvent] = []
        for event in events {
            batch.append(event)
            guard batch.count == Self.batchSize else { continue }
            try await publish(batch: batch, after: count)
            count += batch.count
            batch.removeAll(keepingCapacity: true)
        }
        try await publish(batch: batch, after: count)
        return count + batch.count
    }

    private func publish(batch: [BusEvent], after count: Int) async throws(BusError) {
        guard !batch.isEmpty else { return }
        var isPublished = 0
        do throws(BusError) {
            guard case .off = localMode else {
                for event in batch {
                    if let time = event.time {
                        try await publish(event.type, event.attributes, at: time)
                    } else {
                        try await publish(event.type, event.attributes)
                    }
                    isPublished += 1
                }
                return
            }
            var elements: [Element] = []
            for event in batch { elements.append(try prepare(event).element) }
            var pipeline = RedisPipeline()
            append(elements, to: &pipeline)
            try await send(pipeline)
        } catch {
            var error = error
            error.publishedCount = count + isPublished
            throw error
        }
    }

    // MARK: - From attributes to commands

    /// What goes into Redis for one event.
    private struct Element {
        var bytes: [UInt8]
        /// The epoch second that it waits for; nil if it goes to the incoming list at once.
        var time: Int?
    }

    private func prepare(_ event: BusEvent) throws(BusError) -> (event: EventAttributes, element: Element) {
        let now = now
        let parent = Event.current
        let published = PublishedEvent(
            type: .string(event.type), attributes: event.attributes.naming(parent).members,
            context: Self.taskContext ?? parent?.context ?? configuration.context,
            locale: parent?.locale ?? configuration.locale?(),
            timeZone: parent?.timeZone ?? configuration.timeZone?())
        var completed = EventAttributes(
            members: published.completed(now: now, uuid: configuration.uuid(), hostname: configuration.hostname))
        do {
            for callback in configuration.beforePublish { try callback(&completed) }
        } catch {
            throw BusError(.callbackFailed, "A callback before publishing failed: \(error)", underlying: error)
        }
        guard completed.json.isWithin(depth: 99) else {
            throw BusError(.invalidEvent, "An attribute is nested deeper than 98 levels, which no Ruby process reads.")
        }
        let second: Int? = if let time = event.time { try time.dueSecond(else: .invalidEvent) } else { nil }
        let element = try encode(completed, at: second, keepsPublishedAt: event.attributes["bus_published_at"], now)
        guard element.bytes.count <= EventScan.maximumByteCount else {
            throw BusError(
                .invalidEvent,
                "The event has \(element.bytes.count) bytes; at most \(EventScan.maximumByteCount) are driven.")
        }
        return (completed, element)
    }

    private func encode(
        _ completed: EventAttributes, at second: Int?, keepsPublishedAt own: JSONValue?, _ now: Int
    ) throws(BusError) -> Element {
        do throws(JSONEncodingError) {
            guard let second else { return Element(bytes: try PublishedEvent.element(of: completed.members)) }
            let isDue = second <= now
            let bytes = try PublishedEvent.delayedElement(
                of: completed.members, keepsPublishedAt: own != nil, until: second,
                queue: isDue ? nil : configuration.incoming)
            return Element(bytes: bytes, time: isDue ? nil : second)
        } catch {
            throw BusError(.invalidEvent, "An attribute cannot be written as JSON: \(error).", underlying: error)
        }
    }

    private func localElement(_ element: Element) -> LocalTransport.Element {
        LocalTransport.Element(bytes: element.bytes, queue: configuration.incoming, time: element.time)
    }

    private func append(_ elements: [Element], to pipeline: inout RedisPipeline) {
        let immediate = elements.filter { $0.time == nil }.map(\.bytes)
        if !immediate.isEmpty { pipeline.appendPush(immediate, to: configuration.incoming, bus: keys) }
        for element in elements {
            if let time = element.time { pipeline.appendDelayed(element.bytes, until: time, bus: keys) }
        }
    }

    func send(_ pipeline: RedisPipeline) async throws(BusError) {
        do throws(RedisError) {
            _ = try await client.sendChecked(pipeline)
        } catch {
            throw BusError(error)
        }
    }
}

extension JSONValue {
    /// Whether nothing in the value is nested deeper.
    func isWithin(depth: Int) -> Bool {
        switch self {
        case .array(let elements): depth > 0 && elements.allSatisfy { $0.isWithin(depth: depth - 1) }
        case .object(let members): depth > 0 && members.allSatisfy { $0.value.isWithin(depth: depth - 1) }
        default: true
        }
    }
}
