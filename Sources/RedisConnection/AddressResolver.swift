import Glibc
import LibevExecutor

/// Looks up host names on threads of their own, because `getaddrinfo` blocks for as long as the name servers like.
struct AddressResolver: Sendable {
    typealias LookUp = @Sendable (_ host: String, _ port: UInt16) -> Result<[ResolvedAddress], RedisError>

    /// Blocks. Called on a thread of its own.
    var lookUp: LookUp = AddressResolver.systemLookUp

    /// All addresses of an endpoint in the order of preference of the system. To be called from an actor on the loop.
    nonisolated(nonsending) func resolve(
        _ address: RedisEndpoint.Address, timeout: Duration, on executor: LibevExecutor
    ) async -> Result<[ResolvedAddress], RedisError> {
        switch address {
        case .unix(let path):
            return .success([.unix(path: path)])
        case .tcp(let host, let port):
            return await withCheckedContinuation { continuation in
                let answer = SingleUse(continuation)
                let timer = executor.schedule(after: timeout) {
                    let error = RedisError(.unreachable, "The name \(host) could not be looked up within \(timeout).")
                    answer.resume(returning: .failure(error))
                }
                DetachedThread.run { [lookUp] in
                    let result = lookUp(host, port)
                    executor.execute {
                        timer.cancel()
                        answer.resume(returning: result)
                    }
                }
            }
        }
    }

    private static let systemLookUp: LookUp = { host, port in
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, nil, &hints, &list)
        guard status == 0 else {
            let reason = String(cString: gai_strerror(status))
            return .failure(RedisError(.unreachable, "The name \(host) could not be looked up: \(reason)."))
        }
        defer { freeaddrinfo(list) }
        let hosts = sequence(first: list, next: { $0?.pointee.ai_next }).compactMap { numericHost($0?.pointee) }
        return .success(hosts.map { .tcp(host: $0, port: port) })
    }

    private static func numericHost(_ entry: addrinfo?) -> String? {
        guard let entry else { return nil }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(NI_MAXHOST)) { buffer in
            let status = getnameinfo(
                entry.ai_addr, entry.ai_addrlen, buffer.baseAddress, socklen_t(buffer.count), nil, 0, NI_NUMERICHOST)
            return status == 0 ? buffer.baseAddress.map { String(cString: $0) } : nil
        }
    }
}
