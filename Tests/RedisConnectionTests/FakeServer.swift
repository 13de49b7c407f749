import Glibc
import LibevExecutor

@testable import RedisConnection

/// A server that does what a test says, byte for byte. Each connection is served by the script on a thread of its own.
///
/// `@unchecked Sendable`: what changes is guarded by `lock`.
final class FakeServer: @unchecked Sendable {
    let port: UInt16
    private let listener: Int32
    private let lock = PosixMutex()
    private var peers: [FakePeer] = []
    private var accepted = 0

    /// - Parameter backlog: How many connections may wait to be accepted; with `accepts` false, nothing answers any
    ///   more.
    init(backlog: Int32 = 128, accepts: Bool = true, script: @escaping @Sendable (FakePeer) -> Void) {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let status = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) + listen(listener, backlog) + getsockname(listener, $0, &length)
            }
        }
        precondition(status == 0, "The fake server cannot listen.")
        port = UInt16(bigEndian: address.sin_port)
        guard accepts else { return }
        DetachedThread.run { [self] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else { return }
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                let peer = FakePeer(descriptor)
                lock.withLock {
                    peers.append(peer)
                    accepted += 1
                }
                DetachedThread.run {
                    script(peer)
                    peer.close()
                }
            }
        }
    }

    /// Ends all connections and takes no more.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        lock.withLock {
            for peer in peers { peer.interrupt() }
        }
    }

    /// How many connections there were.
    var connectionCount: Int {
        lock.withLock { accepted }
    }

    var address: ResolvedAddress {
        .tcp(host: "127.0.0.1", port: port)
    }

    var endpoint: RedisEndpoint {
        RedisEndpoint(address: .tcp(host: "127.0.0.1", port: port))
    }

    func connection(
        on loop: LibevExecutor, configure: (inout RedisConfiguration) -> Void = { _ in }
    ) -> RedisConnection {
        var configuration = RedisConfiguration(endpoint: endpoint)
        configuration.idlePing = nil
        configure(&configuration)
        return RedisConnection(configuration: configuration, executor: loop, logger: .silent)
    }
}

/// The server's side of one connection, for the thread of its script.
///
/// `@unchecked Sendable`: `descriptor` is guarded by `lock` where two threads may close it; the buffer belongs to the
/// script.
final class FakePeer: @unchecked Sendable {
    private let lock = PosixMutex()
    private var descriptor: Int32
    private var input: [UInt8] = []

    init(_ descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// The next command, or nil when the client has gone.
    func readCommand() -> [String]? {
        guard let header = readLine(), let count = Int(header.dropFirst()) else { return nil }
        var words: [String] = []
        for _ in 0..<count {
            guard let length = readLine().flatMap({ Int($0.dropFirst()) }), fill(length + 2) else { return nil }
            words.append(String(decoding: input.prefix(length), as: UTF8.self))
            input.removeFirst(length + 2)
        }
        return words
    }

    /// What one `read` gives, together with what was read before.
    func readOnce() -> String {
        _ = readMore()
        defer { input = [] }
        return String(decoding: input, as: UTF8.self)
    }

    func write(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }

    /// Answers the handshake as a Redis 7 master.
    func greet() {
        while let command = readCommand() {
            switch command[0] {
            case "CLIENT" where command[1] == "ID": write(":7\r\n")
            case "ROLE": write("*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n")
            case "INFO" where command[1] == "server":
                write("$37\r\nredis_version:7.0.15\r\nrun_id:abcdef\r\n\r\n")
            case "INFO": return write("$13\r\nrole:master\r\n\r\n")
            default: write("+OK\r\n")
            }
        }
    }

    /// Greets, then answers every command with `+OK`, until the client goes.
    func serveOK() {
        greet()
        while readCommand() != nil { write("+OK\r\n") }
    }

    /// Waits until the client has gone.
    func waitForEnd() {
        while readMore() {}
    }

    /// Ends the connection with a reset instead of an orderly end.
    func reset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    func close() {
        lock.withLock {
            if descriptor >= 0 { Glibc.close(descriptor) }
            descriptor = -1
        }
    }

    /// Makes reads and writes of the script fail from now on.
    func interrupt() {
        lock.withLock { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
    }

    private func readLine() -> String? {
        while true {
            if let end = input.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: input[..<(end - 1)], as: UTF8.self)
                input.removeFirst(end + 1)
                return line
            }
            guard readMore() else { return nil }
        }
    }

    private func fill(_ length: Int) -> Bool {
        while input.count < length {
            guard readMore() else { return false }
        }
        return true
    }

    private func readMore() -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { buffer in
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            guard count > 0 else { return false }
            input.append(contentsOf: buffer[..<count])
            return true
        }
    }
}
