import Glibc

/// A blocking RESP2 client that shares no code with the one under test.
///
/// Use one instance from one thread or task at a time. Every read gives up after `timeout` and throws, so that a
/// test that waits for what never comes fails instead of hanging.
public final class RawRedis {
    private let descriptor: CInt
    private let timeout: Duration
    private var isOpen = true
    private var buffer: [UInt8] = []
    private var position = 0
    private var chunk = [UInt8](repeating: 0, count: 65536)

    /// Connects through a unix socket.
    public init(unixSocket path: String, timeout: Duration = .seconds(10)) throws {
        descriptor = try LocalSocket.connected(toUnix: path)
        self.timeout = timeout
    }

    /// Connects to a port of 127.0.0.1.
    public init(port: UInt16, timeout: Duration = .seconds(10)) throws {
        descriptor = try LocalSocket.connected(toPort: port)
        self.timeout = timeout
    }

    deinit { close() }

    /// Closes the connection; bytes that were sent may still be executed by the server.
    public func close() {
        guard isOpen else { return }
        isOpen = false
        Glibc.close(descriptor)
    }

    /// Sends one command and returns its reply.
    ///
    /// - Throws: `TestSupportError` also for an error reply, so that a refused command cannot pass unnoticed.
    @discardableResult
    public func call(_ words: String...) throws -> RawReply {
        try call(words.map { Array($0.utf8) })
    }

    /// As `call`, for arguments that are not text.
    @discardableResult
    public func call(_ words: [[UInt8]]) throws -> RawReply {
        try send(words)
        let reply = try read()
        if let message = reply.errorMessage {
            let command = words.map { String(decoding: $0.prefix(60), as: UTF8.self) }.joined(separator: " ")
            throw TestSupportError("\(command): \(message)")
        }
        return reply
    }

    /// Sends one command and returns whatever comes back, an error reply too.
    public func reply(to words: [String]) throws -> RawReply {
        try send(words)
        return try read()
    }

    /// Sends all commands in one write and returns all replies, error replies among them.
    @discardableResult
    public func pipeline(_ commands: [[String]]) throws -> [RawReply] {
        var bytes: [UInt8] = []
        for command in commands { RawRedis.encode(command.map { Array($0.utf8) }, into: &bytes) }
        try sendRaw(bytes)
        return try commands.map { _ in try read() }
    }

    /// Sends one command and does not wait.
    public func send(_ words: String...) throws { try send(words) }

    /// Sends one command and does not wait.
    public func send(_ words: [String]) throws { try send(words.map { Array($0.utf8) }) }

    /// Sends one command and does not wait.
    public func send(_ words: [[UInt8]]) throws {
        var bytes: [UInt8] = []
        RawRedis.encode(words, into: &bytes)
        try sendRaw(bytes)
    }

    /// Sends these very bytes: part of a command, several commands, or nonsense.
    public func sendRaw(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                Glibc.send(descriptor, raw.baseAddress! + sent, raw.count - sent, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw TestSupportError("send", errno: errno) }
            sent += count
        }
    }

    /// The next reply or pushed message.
    ///
    /// - Throws: `TestSupportError` when the connection ended or nothing came in time.
    public func read() throws -> RawReply {
        if position == buffer.count || position > 1 << 20 {
            buffer.removeFirst(position)
            position = 0
        }
        let line = try readLine()
        let text = String(decoding: line.dropFirst(), as: UTF8.self)
        switch line.first {
        case UInt8(ascii: "+"): return .status(text)
        case UInt8(ascii: "-"): return .error(text)
        case UInt8(ascii: ":"): return .integer(try number(text))
        case UInt8(ascii: "$"):
            let length = try number(text)
            if length < 0 { return .null }
            while buffer.count < position + length + 2 { try receive() }
            defer { position += length + 2 }
            return .bytes(Array(buffer[position..<position + length]))
        case UInt8(ascii: "*"):
            let count = try number(text)
            return count < 0 ? .null : .array(try (0..<count).map { _ in try read() })
        default: throw TestSupportError("not RESP2: \(String(decoding: line, as: UTF8.self))")
        }
    }

    /// Appends one command in wire form.
    public static func encode(_ words: [[UInt8]], into bytes: inout [UInt8]) {
        bytes += "*\(words.count)\r\n".utf8
        for word in words {
            bytes += "$\(word.count)\r\n".utf8
            bytes += word
            bytes += "\r\n".utf8
        }
    }

    private func number(_ text: String) throws -> Int {
        guard let value = Int(text) else { throw TestSupportError("not a number: \(text)") }
        return value
    }

    private func readLine() throws -> ArraySlice<UInt8> {
        var searched = position
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { position = end + 1 }
                return buffer[position..<end - 1]
            }
            searched = buffer.count
            try receive()
        }
    }

    private func receive() throws {
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, CInt(timeout / .milliseconds(1))) > 0 else {
            throw TestSupportError("no reply within \(timeout)")
        }
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else {
            throw count == 0
                ? TestSupportError("the connection was closed by the other side")
                : TestSupportError("recv", errno: errno)
        }
        buffer += chunk[..<count]
    }
}
