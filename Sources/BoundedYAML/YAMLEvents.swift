import CYAML

/// The events of a text in YAML, one after the other, by libyaml, which Ruby's Psych uses too.
///
/// The text must outlive this value. Not for several tasks at once.
final class YAMLEvents {
    enum Event {
        case alias(String)
        case scalar(String, isPlain: Bool)
        case beginSequence
        case beginMapping
        case end
        case beginDocument
        case endStream
    }

    /// The newest event's anchor, tag and line.
    private(set) var anchor: String?
    private(set) var tag: String?
    private(set) var line = 1

    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    private let text: UnsafeBufferPointer<UInt8>

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
        precondition(yaml_parser_initialize(parser) == 1, "There is no memory for a parser of YAML.")
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    /// The next event; those that mark the beginning of the stream and the ends of documents are passed over.
    func next() throws(YAMLError) -> Event {
        while true {
            var event = yaml_event_t()
            guard yaml_parser_parse(parser, &event) == 1 else { throw failure }
            defer { yaml_event_delete(&event) }
            line = Int(event.start_mark.line) + 1
            anchor = nil
            tag = nil
            if let translated = translate(event) { return translated }
        }
    }

    private func translate(_ event: yaml_event_t) -> Event? {
        switch event.type {
        case YAML_ALIAS_EVENT:
            return .alias(Self.string(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            (anchor, tag) = (Self.string(scalar.anchor), Self.string(scalar.tag))
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return .scalar(String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
        case YAML_SEQUENCE_START_EVENT:
            (anchor, tag) = (Self.string(event.data.sequence_start.anchor), Self.string(event.data.sequence_start.tag))
            return .beginSequence
        case YAML_MAPPING_START_EVENT:
            (anchor, tag) = (Self.string(event.data.mapping_start.anchor), Self.string(event.data.mapping_start.tag))
            return .beginMapping
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .end
        case YAML_DOCUMENT_START_EVENT: return .beginDocument
        case YAML_STREAM_END_EVENT: return .endStream
        default: return nil
        }
    }

    private var failure: YAMLError {
        let parser = parser.pointee
        let problem = parser.problem.map { String(cString: $0) } ?? "it cannot be read"
        guard parser.error == YAML_READER_ERROR else {
            return YAMLError(malformed: problem, line: Int(parser.problem_mark.line) + 1)
        }
        let before = text.prefix(parser.problem_offset)
        return YAMLError(malformed: problem, line: before.count { $0 == UInt8(ascii: "\n") } + 1)
    }

    private static func string(_ pointer: UnsafeMutablePointer<UInt8>?) -> String? {
        pointer.map { String(decodingCString: $0, as: UTF8.self) }
    }
}
