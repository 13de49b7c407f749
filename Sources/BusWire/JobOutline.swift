/// Where class and arguments of a job stand in its text, found in one pass and without a tree.
struct JobOutline: JSONSink {
    enum Sort {
        case null, `true`, `false`, number, string, array, object

        /// A value of this sort.
        var example: JSONValue {
            switch self {
            case .null: .null
            case .true: true
            case .false: false
            case .number: 0
            case .string: ""
            case .array: []
            case .object: .object([])
            }
        }
    }

    /// A value in the text.
    struct Part {
        let sort: Sort
        let place: Range<Int>
    }

    /// The first two elements of an array, and how many there are.
    struct Parts {
        fileprivate let depth: Int
        private(set) var first: Part?
        private(set) var second: Part?
        private(set) var count = 0

        fileprivate init(depth: Int) { self.depth = depth }

        fileprivate mutating func append(_ part: Part) {
            if count == 0 { first = part } else if count == 1 { second = part }
            count += 1
        }
    }

    enum Key {
        case className, arguments, queue, customClass, other
    }

    /// What the text is.
    private(set) var sort = Sort.null
    private(set) var className: Part?
    private(set) var arguments: Part?
    /// Of a delayed job.
    private(set) var queue: Part?
    private(set) var customClass: Part?
    /// The arguments as Ruby's `*(args || [])` makes them, but for an object, which it spreads into its pairs: here it
    /// has none.
    private(set) var argumentList = Parts(depth: 0)
    /// There is a number beyond Double, perhaps in a repeated member.
    private(set) var hasInfinity = false

    private var depth = 0
    private var lastElements = Parts(depth: 0)

    /// Reads a whole text.
    init(
        _ text: UnsafeRawBufferPointer, maximumDepth: Int = JSONReader.maximumDepth
    ) throws(JSONParseError) {
        var reader = JSONReader(text: text, maximumDepth: maximumDepth)
        sort = try reader.read(into: &self)
    }

    // MARK: - JSONSink

    mutating func null() -> Sort { .null }
    mutating func bool(_ value: Bool) -> Sort { value ? .true : .false }
    mutating func string(_ text: UnsafeRawBufferPointer) -> Sort { .string }

    mutating func number(_ text: UnsafeRawBufferPointer, _ kind: JSONNumberKind) -> Sort {
        if kind == .wideFloat, !hasInfinity { hasInfinity = !DecimalNumber(text).isFinite(spelled: text) }
        return .number
    }

    mutating func beginArray() -> Parts {
        depth += 1
        return Parts(depth: depth)
    }

    mutating func append(_ sort: Sort, at place: Range<Int>, to parts: inout Parts) {
        if parts.depth == 2 { parts.append(Part(sort: sort, place: place)) }
    }

    mutating func end(array parts: Parts) -> Sort {
        depth -= 1
        if depth == 1 { lastElements = parts }
        return .array
    }

    mutating func beginObject() { depth += 1 }

    mutating func key(_ text: UnsafeRawBufferPointer) -> Key {
        guard depth == 1 else { return .other }
        return switch text.count {
        case 4 where text.elementsEqual("args".utf8): .arguments
        case 5 where text.elementsEqual("class".utf8): .className
        case 5 where text.elementsEqual("queue".utf8): .queue
        case 16 where text.elementsEqual("custom_job_class".utf8): .customClass
        default: .other
        }
    }

    mutating func set(_ key: Key, to sort: Sort, at place: Range<Int>, in members: inout Void) {
        switch key {
        case .other: break
        case .className: className = Part(sort: sort, place: place)
        case .queue: queue = Part(sort: sort, place: place)
        case .customClass: customClass = Part(sort: sort, place: place)
        case .arguments:
            arguments = Part(sort: sort, place: place)
            argumentList = list(of: Part(sort: sort, place: place))
        }
    }

    private func list(of arguments: Part) -> Parts {
        var list = Parts(depth: 0)
        switch arguments.sort {
        case .array: list = lastElements
        case .string, .number, .true: list.append(arguments)
        case .null, .false, .object: break
        }
        return list
    }

    mutating func end(object members: Void) -> Sort {
        depth -= 1
        return .object
    }

    mutating func separate() {}
}

extension UnsafeRawBufferPointer {
    /// Calls `body` with the decoded text of a JSON string that stands here and was read before.
    func withJSONString<Result, Failure: Error>(
        at place: Range<Int>, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var reader = JSONReader(text: UnsafeRawBufferPointer(rebasing: self[place]))
        guard let string = try? reader.readString() else { preconditionFailure("this string was read before") }
        return try body(string)
    }
}
