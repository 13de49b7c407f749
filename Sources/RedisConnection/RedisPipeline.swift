/// Commands in the form in which they go over the wire, one after the other in one buffer.
///
/// Meant to be kept and refilled: ``removeAll()`` keeps the memory, and `submit` copies what it sends. Replies come in
/// the order of the commands, one for each.
///
/// A connection refuses commands above 512 MB, and commands that would change what replies mean (SUBSCRIBE, MONITOR,
/// and their like) may not be appended; CLIENT REPLY must not be used.
@usableFromInline package struct RedisPipeline: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Where each command begins.
    private(set) var starts: [Int] = []
    private var argumentsDue = 0
    private var isNameDue = false

    @usableFromInline package init() {}

    /// A pipeline of one command.
    @usableFromInline package init(_ words: String...) {
        append(words)
    }

    /// The number of commands, and so of replies.
    @usableFromInline package var count: Int {
        starts.count
    }

    @usableFromInline package var isEmpty: Bool {
        starts.isEmpty
    }

    /// The length of all commands in bytes.
    @usableFromInline package var byteCount: Int {
        bytes.count
    }

    /// Forgets the commands and keeps the memory.
    @usableFromInline package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        argumentsDue = 0
        isNameDue = false
    }

    /// Makes room for so many bytes in all, so that a large pipeline is not moved while it is written.
    @usableFromInline package mutating func reserveCapacity(_ byteCount: Int) {
        bytes.reserveCapacity(byteCount)
    }

    /// Appends one command of these words.
    @usableFromInline package mutating func append(_ words: String...) {
        append(words)
    }

    /// Appends one command of these words.
    @usableFromInline package mutating func append(_ words: [String]) {
        begin(argumentCount: words.count)
        for word in words { argument(word) }
    }

    /// Appends the commands of another pipeline.
    @usableFromInline package mutating func append(contentsOf other: RedisPipeline) {
        precondition(argumentsDue == 0 && other.argumentsDue == 0, "A command lacks arguments that begin announced.")
        let base = bytes.count
        bytes.append(contentsOf: other.bytes)
        for start in other.starts { starts.append(base + start) }
        reserveTerminator()
    }

    /// Begins a command of `argumentCount` words, its name included. That many arguments must follow.
    @usableFromInline package mutating func begin(argumentCount: Int) {
        precondition(argumentsDue == 0, "The command before lacks \(argumentsDue) arguments that begin announced.")
        precondition(argumentCount > 0, "A command has at least its name.")
        starts.append(bytes.count)
        bytes.append(UInt8(ascii: "*"))
        appendDecimal(argumentCount)
        appendLineEnd()
        argumentsDue = argumentCount
        isNameDue = true
    }

    /// The next word of the command.
    @usableFromInline package mutating func argument(_ text: String) {
        var text = text
        text.withUTF8 { argument(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// The next word of the command, in decimal.
    @usableFromInline package mutating func argument(_ number: Int) {
        bytes.append(UInt8(ascii: "$"))
        appendDecimal(Self.decimalLength(number))
        appendLineEnd()
        appendDecimal(number)
        appendLineEnd()
        finishArguments(1)
    }

    /// The next word of the command, any bytes.
    @usableFromInline package mutating func argument(bytes word: UnsafeRawBufferPointer) {
        if isNameDue { refuseModeChange(word) }
        bytes.append(UInt8(ascii: "$"))
        appendDecimal(word.count)
        appendLineEnd()
        bytes.append(contentsOf: word)
        appendLineEnd()
        finishArguments(1)
    }

    /// The next `count` words of the command, given as RESP bulk strings (`$<length>\r\n<bytes>\r\n` each) and copied
    /// as they are. Not the command's name.
    @usableFromInline package mutating func encodedArguments(_ encoded: UnsafeRawBufferPointer, count: Int) {
        precondition(!isNameDue, "Append the command's name by argument(_:).")
        bytes.append(contentsOf: encoded)
        finishArguments(count)
    }

    /// The next words: for each command of `other` the number of its words, then the words. That is how a script is
    /// given commands to run; they are ``wordCount`` and ``count`` words together.
    @usableFromInline package mutating func arguments(ofCommandsIn other: RedisPipeline) {
        for (place, start) in other.starts.enumerated() {
            let end = place + 1 < other.starts.count ? other.starts[place + 1] : other.bytes.count
            let wordCount = other.wordCount(ofCommandAt: start)
            argument(wordCount)
            // Behind `*<words>\r\n`.
            let words = start + 3 + Self.decimalLength(wordCount)
            other.bytes.withUnsafeBytes {
                encodedArguments(UnsafeRawBufferPointer(rebasing: $0[words..<end]), count: wordCount)
            }
        }
    }

    /// The number of all commands' words.
    @usableFromInline package var wordCount: Int {
        starts.reduce(0) { $0 + wordCount(ofCommandAt: $1) }
    }

    private func wordCount(ofCommandAt start: Int) -> Int {
        bytes[(start + 1)...].prefix { $0 != UInt8(ascii: "\r") }.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// The commands as they are sent.
    @usableFromInline package func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try bytes.withUnsafeBufferPointer { (buffer) throws(Failure) in
            try body(UnsafeRawBufferPointer(buffer))
        }
    }

    // MARK: - Encoding

    private mutating func finishArguments(_ count: Int) {
        argumentsDue -= count
        isNameDue = false
        precondition(argumentsDue >= 0, "More arguments than begin(argumentCount:) announced.")
        if argumentsDue == 0 { reserveTerminator() }
    }

    /// hiredis looks at the byte after a command of one word; this makes it one of ours, and zero.
    private mutating func reserveTerminator() {
        bytes.append(0)
        bytes.removeLast()
    }

    private mutating func appendLineEnd() {
        bytes.append(UInt8(ascii: "\r"))
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func appendDecimal(_ number: Int) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = number.magnitude
        let end = bytes.count + Self.digits(rest)
        bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: end - bytes.count))
        var position = end - 1
        while rest > 0 {
            bytes[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            position -= 1
        }
    }

    private static func decimalLength(_ number: Int) -> Int {
        digits(number.magnitude) + (number < 0 ? 1 : 0)
    }

    private static func digits(_ magnitude: UInt) -> Int {
        var count = 1
        var rest = magnitude / 10
        while rest > 0 {
            count += 1
            rest /= 10
        }
        return count
    }
}

extension RedisPipeline {
    private static let modeChanges = [
        "subscribe", "psubscribe", "ssubscribe", "unsubscribe", "punsubscribe", "sunsubscribe", "monitor",
    ]

    /// hiredis switches the whole connection over when it sees one of these names go by.
    private func refuseModeChange(_ name: UnsafeRawBufferPointer) {
        guard (7...12).contains(name.count) else { return }
        let word = String(decoding: name, as: UTF8.self).lowercased()
        precondition(
            !Self.modeChanges.contains(word), "\(word) changes the mode of the connection; use a RedisSubscriber.")
    }
}
