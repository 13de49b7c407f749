/// An element that was read as Ruby would, what it asks for, and the event in it.
///
/// Knows every shape that arrives on incoming lists: `QueueBus::Worker` with the event as JSON text (contract §2.1),
/// and the classes that take the attributes directly, which are the old `ResqueBus::*` (contract §2.5) and
/// `QueueBus::*` itself.
struct CanonicalEvent {
    /// What the element asks for; nil when its event's `bus_class_proxy` tells.
    let incoming: Incoming?
    /// An object.
    let attributes: CanonicalJSON

    init(_ element: UnsafeRawBufferPointer) throws(Poison) {
        let job: JobOutline
        do throws(JSONParseError) {
            job = try JobOutline(element)
        } catch {
            throw .unreadable(error, exception: "Resque::Helpers::DecodeException", what: "the element")
        }
        guard job.sort == .object else { throw .notAJob(job.sort.example) }
        guard let name = job.className, name.sort == .string else { throw .noClass }
        let className = element.withJSONString(at: name.place) { String(decoding: $0, as: UTF8.self) }
        let arguments = Arguments(element: element, parts: job.argumentList)
        switch BusClass(named: className) {
        case nil: throw .unknownClass(className)
        // It takes any arguments.
        case .heartbeat: self.init(incoming: .heartbeat, attributes: .noMembers)
        // Ruby spreads it into its pairs, which fit none of these.
        case _ where job.arguments?.sort == .object: throw .argumentsAnObject(className: className)
        case .worker: try self.init(worker: arguments)
        case .driver(let isOld): try self.init(driver: arguments, isOld ? "ResqueBus::Driver" : "QueueBus::Driver")
        case .publisher(isOld: false): try self.init(publisher: arguments)
        case .publisher(isOld: true): try self.init(oldPublisher: arguments)
        }
    }

    private init(incoming: Incoming?, attributes: CanonicalJSON) {
        self.incoming = incoming
        self.attributes = attributes
    }

    /// `QueueBus::Worker`: one string with the event's JSON.
    private init(worker arguments: Arguments) throws(Poison) {
        let argument = try arguments.only(of: "QueueBus::Worker")
        guard argument.sort == .string else { throw .innerNotText(argument.sort.example) }
        do throws(JSONParseError) {
            attributes = try arguments.element.withJSONString(at: argument.place) { (text) throws(JSONParseError) in
                try CanonicalJSON(text)
            }
        } catch {
            throw .unreadable(error, exception: "QueueBus::Util::DecodeException", what: "the event's JSON")
        }
        guard case .object = attributes.example else { throw .innerNotAnObject(attributes.example) }
        incoming = nil
    }

    /// `QueueBus::Driver` and `ResqueBus::Driver`: the attributes themselves; none is an error there.
    private init(driver arguments: Arguments, _ className: String) throws(Poison) {
        guard arguments.parts.count <= 1 else { throw arguments.wrongCount("0..1", className) }
        var attributes = CanonicalJSON.noMembers
        if let argument = arguments.parts.first { attributes = try arguments.attributes(argument, for: className) }
        guard attributes.memberCount > 0 else {
            throw Poison(exception: "RuntimeError", message: "No attributes passed")
        }
        self.init(incoming: .event, attributes: attributes)
    }

    private init(publisher arguments: Arguments) throws(Poison) {
        let argument = try arguments.only(of: "QueueBus::Publisher")
        self.init(
            incoming: .publisher, attributes: try arguments.attributes(argument, for: "QueueBus::Publisher"))
    }

    /// `ResqueBus::Publisher`: the event's type, which wins over the attributes' own, and the attributes.
    private init(oldPublisher arguments: Arguments) throws(Poison) {
        let className = "ResqueBus::Publisher"
        guard arguments.parts.count <= 2, let type = arguments.parts.first else {
            throw arguments.wrongCount("1..2", className)
        }
        var attributes = CanonicalJSON.noMembers
        if let argument = arguments.parts.second { attributes = try arguments.attributes(argument, for: className) }
        // As a repetition, which wins and keeps the place of the first.
        var text = attributes.text.dropLast()
        if attributes.memberCount > 0 { text.append(.comma) }
        text.append(contentsOf: #""bus_event_type":"#.utf8)
        text.append(contentsOf: arguments.element[type.place])
        text.append(.closeBrace)
        self.init(incoming: .publisher, attributes: text.withUnsafeBytes { CanonicalJSON(known: $0) })
    }

    /// What an event's `bus_class_proxy` asks for.
    /// - Parameter value: the member's, nil where it is missing.
    static func incoming(byProxy value: JSONValue?) throws(Poison) -> Incoming {
        guard let proxy = value?.string else { throw .noProxy(value) }
        switch BusClass(named: proxy) {
        case .driver: return .event
        case .publisher: return .publisher
        case .heartbeat: return .heartbeat
        case .worker, nil: throw .unknownProxy(proxy)
        }
    }

    /// Ruby can write the event again.
    func requireFiniteNumbers() throws(Poison) {
        guard let number = attributes.infiniteNumber else { return }
        let error = JSONEncodingError(number: number)
        throw Poison(exception: "JSON::GeneratorError", message: "the event cannot be written again: \(error)")
    }
}

/// The arguments of a job, where they stand.
private struct Arguments {
    let element: UnsafeRawBufferPointer
    let parts: JobOutline.Parts

    func wrongCount(_ expected: String, _ className: String) -> Poison {
        .wrongArguments(given: parts.count, expected: expected, className: className)
    }

    func only(of className: String) throws(Poison) -> JobOutline.Part {
        guard parts.count == 1, let argument = parts.first else { throw wrongCount("1", className) }
        return argument
    }

    /// One argument, which must be an object.
    func attributes(_ argument: JobOutline.Part, for className: String) throws(Poison) -> CanonicalJSON {
        guard argument.sort == .object else {
            throw .attributesNotAnObject(argument.sort.example, className: className)
        }
        return CanonicalJSON(known: UnsafeRawBufferPointer(rebasing: element[argument.place]))
    }
}

/// The classes that may stand on an incoming list.
package enum BusClass: Hashable {
    case worker
    case driver(isOld: Bool)
    case publisher(isOld: Bool)
    case heartbeat

    /// - Parameter spelling: as a job names the class.
    package init?(named spelling: String) {
        switch RubyConstant.name(spelled: spelling) {
        case "QueueBus::Worker": self = .worker
        case "QueueBus::Driver": self = .driver(isOld: false)
        case "ResqueBus::Driver": self = .driver(isOld: true)
        case "QueueBus::Publisher": self = .publisher(isOld: false)
        case "ResqueBus::Publisher": self = .publisher(isOld: true)
        case "QueueBus::Heartbeat", "ResqueBus::Heartbeat": self = .heartbeat
        default: return nil
        }
    }
}
