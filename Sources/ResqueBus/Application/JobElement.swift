import BusWire

/// A Resque job, parsed as a Ruby worker would (contract §2.1).
struct JobElement: Sendable {
    /// The name that the class has in Ruby.
    let className: String
    let arguments: [JSONValue]

    init(className: String, arguments: [JSONValue]) {
        self.className = className
        self.arguments = arguments
    }

    init(_ element: [UInt8]) throws(Poison) {
        let job: JSONValue
        do throws(JSONParseError) {
            job = try JSONValue.parse(element)
        } catch {
            throw .unreadable(error, exception: "Resque::Helpers::DecodeException", what: "the element")
        }
        guard job.members != nil else { throw .notAJob(job) }
        guard let name = job["class"]?.string, !name.isEmpty else { throw .noClass }
        className = RubyConstant.name(spelled: name)
        arguments = Self.list(of: job["args"] ?? .null)
    }

    /// The arguments that Ruby's `perform(*(args || []))` passes.
    private static func list(of arguments: JSONValue) -> [JSONValue] {
        switch arguments {
        case .array(let elements): elements
        case .object(let members): members.map { [.string($0.key), $0.value] }
        case .null, .bool(false): []
        case .string, .number, .bool(true): [arguments]
        }
    }

    /// Ruby's `args.join("-")`, by which resque-retry knows a job again (contract §8).
    var joinedArguments: String {
        if arguments.count == 1, case .string(let text) = arguments[0] { return text }
        var output: [UInt8] = []
        var isFirst = true
        Self.join(arguments, to: &output, isFirst: &isFirst)
        return String(decoding: output, as: UTF8.self)
    }

    /// `Array#join` joins nested arrays with the same separator; an empty one leaves an empty text.
    private static func join(_ values: [JSONValue], to output: inout [UInt8], isFirst: inout Bool) {
        for value in values {
            if case .array(let elements) = value, !elements.isEmpty {
                join(elements, to: &output, isFirst: &isFirst)
                continue
            }
            if !isFirst { output.append(UInt8(ascii: "-")) }
            isFirst = false
            if case .array = value { continue }
            RubyText.appendText(of: value, to: &output)
        }
    }

    /// What Ruby's clients write for it.
    var payload: JobPayload { JobPayload(className: className, arguments: arguments) }
}

/// What a class of the bus is for.
enum BusRole {
    /// Carries an event as JSON text, whose `bus_class_proxy` names the class to run.
    case worker
    /// Hands an event to a subscription.
    case rider
    /// Work of a driver, which no rider does.
    case driver

    /// - Parameter className: as Ruby itself names the class.
    init?(className: String) {
        switch className {
        case "QueueBus::Rider", "ResqueBus::Rider": self = .rider
        default:
            switch BusClass(named: className) {
            case .worker: self = .worker
            case .driver, .publisher, .heartbeat: self = .driver
            case nil: return nil
            }
        }
    }
}
