@testable import BusWire

/// An element as trees, which is how Ruby reads it: what the scan and the rewriting of text must agree with.
struct EventTree {
    let incoming: Incoming
    let attributes: [JSONMember]

    init(_ element: UnsafeRawBufferPointer) throws(Poison) {
        let outer: JSONValue
        do throws(JSONParseError) {
            outer = try JSONValue.parse(element)
        } catch {
            throw .unreadable(error, exception: "Resque::Helpers::DecodeException", what: "the element")
        }
        guard outer.members != nil else { throw .notAJob(outer) }
        guard let className = outer["class"]?.string else { throw .noClass }
        let arguments = outer["args"] ?? .null
        switch BusClass(named: className) {
        case .worker:
            self = try Self(workerArguments: Self.list(arguments, of: className))
        case .driver(let isOld):
            let name = isOld ? "ResqueBus::Driver" : "QueueBus::Driver"
            self = try Self(driverArguments: Self.list(arguments, of: className), className: name)
        case .publisher(isOld: false):
            self = try Self(publisherArguments: Self.list(arguments, of: className))
        case .publisher(isOld: true):
            self = try Self(oldPublisherArguments: Self.list(arguments, of: className))
        case .heartbeat:
            // It takes any arguments.
            self.init(incoming: .heartbeat, attributes: [])
        case nil:
            throw .unknownClass(className)
        }
    }

    private init(incoming: Incoming, attributes: [JSONMember]) {
        self.incoming = incoming
        self.attributes = attributes
    }

    /// Ruby's `*(args || [])`: an object is spread into its pairs and so never fits.
    private static func list(_ value: JSONValue, of className: String) throws(Poison) -> [JSONValue] {
        switch value {
        case .array(let elements): return elements
        case .null, .bool(false): return []
        case .object: throw .argumentsAnObject(className: className)
        case .string, .number, .bool(true): return [value]
        }
    }

    /// `QueueBus::Worker`: one string with the event's JSON, whose `bus_class_proxy` names what to run.
    private init(workerArguments: [JSONValue]) throws(Poison) {
        let attributes = try [JSONMember](workerArguments: workerArguments)
        let given = JSONValue.object(attributes)["bus_class_proxy"]
        guard let proxy = given?.string else { throw .noProxy(given) }
        switch BusClass(named: proxy) {
        case .driver: incoming = .event
        case .publisher: incoming = .publisher
        case .heartbeat: incoming = .heartbeat
        case .worker, nil: throw .unknownProxy(proxy)
        }
        self.attributes = attributes
    }

    /// `QueueBus::Driver` and `ResqueBus::Driver`: the attributes themselves; none is an error there.
    private init(driverArguments: [JSONValue], className: String) throws(Poison) {
        guard driverArguments.count <= 1 else {
            throw .wrongArguments(given: driverArguments.count, expected: "0..1", className: className)
        }
        let argument = driverArguments.first ?? .object([])
        guard let attributes = argument.members else { throw .attributesNotAnObject(argument, className: className) }
        guard !attributes.isEmpty else { throw Poison(exception: "RuntimeError", message: "No attributes passed") }
        self.init(incoming: .event, attributes: attributes)
    }

    private init(publisherArguments: [JSONValue]) throws(Poison) {
        guard publisherArguments.count == 1 else {
            throw .wrongArguments(given: publisherArguments.count, expected: "1", className: "QueueBus::Publisher")
        }
        guard let attributes = publisherArguments[0].members else {
            throw .attributesNotAnObject(publisherArguments[0], className: "QueueBus::Publisher")
        }
        self.init(incoming: .publisher, attributes: attributes)
    }

    /// `ResqueBus::Publisher`: the event's type, which wins over the attributes' own, and the attributes.
    private init(oldPublisherArguments arguments: [JSONValue]) throws(Poison) {
        guard 1...2 ~= arguments.count else {
            throw .wrongArguments(given: arguments.count, expected: "1..2", className: "ResqueBus::Publisher")
        }
        let attributes = arguments.count == 2 ? arguments[1] : .object([])
        guard attributes.members != nil else {
            throw .attributesNotAnObject(attributes, className: "ResqueBus::Publisher")
        }
        self.init(
            incoming: .publisher, attributes: attributes.setting("bus_event_type", to: arguments[0]).members ?? [])
    }

    /// Whether Ruby can write the event again.
    func requireEncodable() throws(Poison) {
        do throws(JSONEncodingError) {
            _ = try JSONValue.object(attributes).encoded()
        } catch {
            throw Poison(exception: "JSON::GeneratorError", message: "the event cannot be written again: \(error)")
        }
    }
}
