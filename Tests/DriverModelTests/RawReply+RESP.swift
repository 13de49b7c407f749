import RedisTestSupport

extension RawReply {
    /// This reply as Redis wrote it.
    var resp: [UInt8] {
        switch self {
        case .status(let text): Array("+\(text)\r\n".utf8)
        case .error(let text): Array("-\(text)\r\n".utf8)
        case .integer(let value): Array(":\(value)\r\n".utf8)
        case .null: Array("$-1\r\n".utf8)
        case .bytes(let content): Array("$\(content.count)\r\n".utf8) + content + Array("\r\n".utf8)
        case .array(let elements): elements.reduce(into: Array("*\(elements.count)\r\n".utf8)) { $0 += $1.resp }
        }
    }
}
