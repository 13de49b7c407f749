import Glibc

/// A stream socket of this machine, connected or listening, for tests that want to own every byte.
enum LocalSocket {
    /// A blocking socket connected to the unix socket at `path`.
    static func connected(toUnix path: String) throws -> CInt {
        var address = try unixAddress(path)
        return try open(AF_UNIX, "cannot connect to \(path)") { descriptor in
            withAddress(&address) { connect(descriptor, $0, $1) }
        }
    }

    /// A blocking socket connected to `port` on 127.0.0.1, without Nagle's delay.
    static func connected(toPort port: UInt16) throws -> CInt {
        var address = loopback(port)
        return try open(AF_INET, "cannot connect to 127.0.0.1:\(port)") { descriptor in
            disableDelay(descriptor)
            return withAddress(&address) { connect(descriptor, $0, $1) }
        }
    }

    /// A listening socket on 127.0.0.1 and the port it got; 0 asks for a free one.
    static func listening(port: UInt16 = 0) throws -> (descriptor: CInt, port: UInt16) {
        var address = loopback(port)
        let descriptor = try open(AF_INET, "cannot listen on 127.0.0.1:\(port)") { descriptor in
            var yes: CInt = 1
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<CInt>.size))
            let bound = withAddress(&address) { bind(descriptor, $0, $1) }
            return bound == 0 ? listen(descriptor, 128) : bound
        }
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            _ = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    static func disableDelay(_ descriptor: CInt) {
        var yes: CInt = 1
        setsockopt(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<CInt>.size))
    }

    private static func open(_ family: CInt, _ action: String, _ prepare: (CInt) -> CInt) throws -> CInt {
        let kind = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0 else { throw TestSupportError("socket", errno: errno) }
        guard prepare(descriptor) == 0 else {
            let code = errno
            close(descriptor)
            throw TestSupportError(action, errno: code)
        }
        return descriptor
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        return address
    }

    private static func unixAddress(_ path: String) throws -> sockaddr_un {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = path.utf8CString
        guard bytes.count <= MemoryLayout.size(ofValue: address.sun_path) else {
            throw TestSupportError("the socket path is too long: \(path)")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { target in
            bytes.withUnsafeBytes { target.copyMemory(from: $0) }
        }
        return address
    }

    private static func withAddress<Address>(
        _ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) -> CInt {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }
}
