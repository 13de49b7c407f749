/// The sentences of the `failed` list. Each names what Ruby does with such an element.
extension Poison: Error {
    static func tooLarge(byteCount: Int) -> Poison {
        Poison(
            exception: "BusDriver::ElementTooLarge",
            message: "the element has \(byteCount) bytes, \(EventScan.maximumByteCount) are allowed")
    }

    package static func unreadable(_ error: JSONParseError, exception: String, what: String) -> Poison {
        switch error.kind {
        case .syntax: Poison(exception: exception, message: "\(what) is not JSON: \(error)")
        case .tooDeep: Poison(exception: exception, message: "\(what) is nested too deep: \(error)")
        case .invalidUTF8, .loneSurrogate:
            Poison(exception: "JSON::GeneratorError", message: "\(what) is not UTF-8 text: \(error)")
        }
    }

    package static func notAJob(_ value: JSONValue) -> Poison {
        Poison(exception: "TypeError", message: "the element is \(value.sortName) and not a job with class and args")
    }

    package static var noClass: Poison {
        Poison(exception: "Resque::NoClassError", message: "the job names no class")
    }

    package static var noQueue: Poison {
        Poison(exception: "Resque::NoQueueError", message: "the job names no queue")
    }

    package static func unknownClass(_ name: String) -> Poison {
        Poison(exception: "NameError", message: "uninitialized constant \(name.abbreviated)")
    }

    package static func wrongArguments(given: Int, expected: String, className: String) -> Poison {
        Poison(
            exception: "ArgumentError",
            message: "wrong number of arguments for \(className) (given \(given), expected \(expected))")
    }

    package static func innerNotText(_ value: JSONValue) -> Poison {
        Poison(
            exception: value == .null ? "NameError" : "TypeError",
            message: "the argument of QueueBus::Worker is \(value.sortName) and not the event's JSON as a string")
    }

    package static func innerNotAnObject(_ value: JSONValue) -> Poison {
        switch value {
        case .array, .number, .bool:
            Poison(exception: "TypeError", message: "the event's JSON is \(value.sortName) and not an object")
        default:
            Poison(
                exception: "NameError",
                message: "the event's JSON is \(value.sortName) and not an object; Ruby drops it in silence")
        }
    }

    package static func noProxy(_ value: JSONValue?) -> Poison {
        let what = value.map { "is \($0.sortName)" } ?? "is missing"
        return Poison(
            exception: "NameError",
            message: "bus_class_proxy \(what), so nothing tells what to run; Ruby drops the event in silence"
        )
    }

    static func unknownProxy(_ name: String) -> Poison {
        Poison(
            exception: "NameError",
            message:
                "bus_class_proxy is \(name.abbreviated), which no driver runs; the Ruby driver drops the event in silence"
        )
    }

    static func argumentsAnObject(className: String) -> Poison {
        Poison(
            exception: "ArgumentError",
            message: "the arguments of \(className.abbreviated) are an object and not an array")
    }

    package static func attributesNotAnObject(_ value: JSONValue, className: String) -> Poison {
        Poison(
            exception: "TypeError",
            message: "the attributes given to \(className) are \(value.sortName) and not an object")
    }
}

extension JSONValue {
    /// What sort of value it is, for a sentence.
    package var sortName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension String {
    /// The text for a sentence: a hostile name or number may have megabytes.
    package var abbreviated: String {
        utf8.count <= 200 ? self : "\(String(decoding: utf8.prefix(200), as: UTF8.self))… (\(utf8.count) bytes)"
    }
}
