import BusWire

/// An event that a driver has handed over, taken out of its job (contract §2.2, §2.5).
struct DrivenEvent {
    var attributes: EventAttributes
    let appKey: String
    let subscriptionKey: String

    /// Nil for a job that is none of the bus.
    init?(_ job: JobElement) throws(Poison) {
        switch BusRole(className: job.className) {
        case .worker: try self.init(workerMembers: try [JSONMember](workerArguments: job.arguments))
        case .rider: try self.init(riderArguments: job.arguments, className: job.className)
        case .driver: throw .forDrivers(job.className)
        case nil: return nil
        }
    }

    /// What the argument of `QueueBus::Worker` says.
    init(workerMembers members: [JSONMember]) throws(Poison) {
        let proxy = members.first { $0.key.isExactly("bus_class_proxy") }?.value
        guard let name = proxy?.string else { throw .noProxy(proxy) }
        if case .driver? = BusRole(className: RubyConstant.name(spelled: name)) { throw .forDrivers(name) }
        try self.init(members)
    }

    /// `ResqueBus::Rider`: the attributes themselves.
    private init(riderArguments: [JSONValue], className: String) throws(Poison) {
        guard riderArguments.count == 1 else {
            throw .wrongArguments(given: riderArguments.count, expected: "1", className: className)
        }
        guard let members = riderArguments[0].members else {
            throw .attributesNotAnObject(riderArguments[0], className: className)
        }
        try self.init(members)
    }

    private init(_ members: [JSONMember]) throws(Poison) {
        attributes = EventAttributes(members: members)
        appKey = try Self.text("bus_rider_app_key", in: members)
        subscriptionKey = try Self.text("bus_rider_sub_key", in: members)
    }

    private static func text(_ name: String, in members: [JSONMember]) throws(Poison) -> String {
        guard case .string(let text)? = members.first(where: { $0.key.isExactly(name) })?.value, !text.isEmpty else {
            throw .noDestination(name)
        }
        return text
    }

    /// `bus_rider_queue`, where a retry goes (contract §8).
    var riderQueue: String? {
        guard let queue = attributes["bus_rider_queue"]?.string, !queue.isEmpty else { return nil }
        return queue
    }
}

extension Poison {
    fileprivate static func noDestination(_ attribute: String) -> Poison {
        Poison(
            exception: "RuntimeError",
            message: "the event has no \(attribute), so nothing tells who wants it; publish it instead of enqueueing it"
        )
    }

    fileprivate static func forDrivers(_ className: String) -> Poison {
        Poison(
            exception: "BusDriver::MisplacedJob",
            message: "\(className) is a driver's work and this is a rider; push it to the incoming list (bus_incoming)")
    }

    static func unknownApplication(_ key: String) -> Poison {
        Poison(
            exception: "BusDriver::UnknownApplication",
            message: """
                no application \(key.abbreviated) runs in this process, which works on its queue; start one that has it, or \
                unsubscribe the application, then retry or remove this entry (a Ruby rider drops the event in silence)
                """)
    }

    static func unknownSubscription(_ key: String, of appKey: String) -> Poison {
        Poison(
            exception: "BusDriver::UnknownSubscription",
            message: """
                the running code of \(appKey) has no subscription \(key.abbreviated); deploy code that has it and retry, or \
                subscribe anew so that no more such events come (a Ruby rider drops the event in silence)
                """)
    }

    static func unregisteredClass(_ name: String) -> Poison {
        Poison(
            exception: "NameError",
            message: """
                uninitialized constant \(name.abbreviated): no application of this process has a Job of that class; add one, \
                or give the queue to a process that has it, and retry
                """)
    }
}
