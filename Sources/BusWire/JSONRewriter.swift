/// Writes what is read as another text, without a tree between: time and memory are linear in the text, whatever it
/// holds.
///
/// Repeated members become one as in Ruby's Hash: at the first one's place, with the last one's value.
struct JSONRewriter: ~Copyable, JSONSink {
    enum Form {
        /// JSON as Ruby writes it, but for numbers, which keep their spelling.
        case json
        /// JSON as Ruby writes it. Numbers beyond Double keep their spelling, since Ruby writes none.
        case rubyJSON
        /// Ruby's `inspect`.
        case inspection
    }

    private let form: Form
    private var output: ByteOutput
    /// The members of all objects that are not finished.
    private var members: [MemberSpan] = []
    private var edits = TextEdits()
    /// The members of the object that ended last, repeated ones counted each time.
    private(set) var memberCount = 0
    /// The first number beyond Double, which JSON has no text for in Ruby. It may belong to a repeated member.
    private(set) var infiniteNumber: String?

    private init(_ form: Form, capacity: Int) {
        self.form = form
        output = ByteOutput(capacity: capacity)
    }

    /// Reads a whole text.
    init(
        _ text: UnsafeRawBufferPointer, as form: Form, maximumDepth: Int = JSONReader.maximumDepth
    ) throws(JSONParseError) {
        // Most texts become no longer than they were.
        self.init(form, capacity: text.count)
        var reader = JSONReader(text: text, maximumDepth: maximumDepth)
        try reader.read(into: &self)
    }

    /// Calls `body` with what was written.
    func withText<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        edits.isEmpty ? body(output.bytes) : edits.applied(to: output.bytes).withUnsafeBytes(body)
    }

    // MARK: - JSONSink

    mutating func null() {
        output.reserve(4)
        output.write(form == .inspection ? "nil" : "null")
    }

    mutating func bool(_ value: Bool) {
        output.reserve(5)
        output.write(value ? "true" : "false")
    }

    @inline(__always)
    mutating func number(_ text: UnsafeRawBufferPointer, _ kind: JSONNumberKind) {
        switch form {
        case .inspection: RubyText.writeNumber(text, kind, to: &output)
        case .rubyJSON where kind != .wideFloat || isFinite(text): RubyText.writeNumber(text, kind, to: &output)
        case .json, .rubyJSON:
            output.reserve(text.count)
            output.write(text)
            if kind == .wideFloat, infiniteNumber == nil, !isFinite(text) {
                infiniteNumber = String(decoding: text, as: UTF8.self)
            }
        }
    }

    private func isFinite(_ number: UnsafeRawBufferPointer) -> Bool {
        DecimalNumber(number).isFinite(spelled: number)
    }

    mutating func string(_ text: UnsafeRawBufferPointer) {
        switch form {
        case .inspection: RubyText.writeInspection(ofString: text, to: &output)
        case .json, .rubyJSON:
            output.reserve(2)
            output.write(.quote)
            JSONEscape.write(text, to: &output)
            output.reserve(1)
            output.write(.quote)
        }
    }

    @inline(__always)
    mutating func beginArray() {
        output.reserve(1)
        output.write(.openBracket)
    }

    @inline(__always)
    mutating func append(_ value: Void, at place: Range<Int>, to elements: inout Void) {}

    @inline(__always)
    mutating func end(array elements: Void) {
        output.reserve(1)
        output.write(.closeBracket)
    }

    mutating func beginObject() -> Int {
        output.reserve(1)
        output.write(.openBrace)
        return members.count
    }

    mutating func key(_ text: UnsafeRawBufferPointer) -> Int {
        let start = output.count
        string(text)
        let end = output.count
        output.reserve(2)
        output.write(form == .inspection ? "=>" : ":")
        members.append(MemberSpan(key: start..<end, valueStart: output.count))
        return members.count - 1
    }

    mutating func set(_ key: Int, to value: Void, at place: Range<Int>, in first: inout Int) {
        members[key].end = output.count
    }

    mutating func end(object first: Int) {
        memberCount = members.count - first
        if memberCount > 1, RepeatedMembers.mark(&members, from: first, in: output.bytes) {
            uniteMembers(from: first)
        }
        members.removeLast(memberCount)
        output.reserve(1)
        output.write(.closeBrace)
    }

    /// Objects up to this size are written anew at once, which moves few bytes however deep they are nested; there may
    /// be many.
    private static let mostBytesWrittenAnew = 256

    private mutating func uniteMembers(from first: Int) {
        let start = members[first].key.lowerBound
        guard output.count - start <= Self.mostBytesWrittenAnew else { return edits.unite(members[first...]) }
        withUnsafeTemporaryAllocation(byteCount: Self.mostBytesWrittenAnew, alignment: 8) { copy in
            copy.copyMemory(from: UnsafeRawBufferPointer(rebasing: output.bytes[start..<output.count]))
            output.shorten(to: start)
            func write(_ part: Range<Int>) {
                output.write(UnsafeRawBufferPointer(rebasing: copy[part.lowerBound - start..<part.upperBound - start]))
            }
            var previousEnd = start
            for member in members[first...] {
                if !member.isRepetition {
                    // The separator and the key.
                    write(previousEnd..<member.value.lowerBound)
                    write(member.lastRepetition.map { members[$0].value } ?? member.value)
                }
                previousEnd = member.end
            }
        }
    }

    @inline(__always)
    mutating func separate() {
        output.reserve(2)
        output.write(.comma)
        if form == .inspection { output.write(.space) }
    }
}
