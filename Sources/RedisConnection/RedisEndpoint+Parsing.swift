extension RedisEndpoint {
    /// Reads one of
    /// * `redis://[[user]:password@]host[:port][/database]`
    /// * `unix://[[user]:password@]/path[?db=database]`
    /// * Resque's `host[:port[:database]][/namespace]`
    ///
    /// User and password are percent-decoded. The port defaults to 6379.
    ///
    /// - Throws: `RedisError` with code `configuration` and a sentence that says what to write instead. It repeats
    ///   nothing of `text`: in a malformed address any part may be a password.
    public init(parsing text: String) throws(RedisError) {
        guard let (scheme, rest) = text.split(atFirst: "://") else {
            self = try Self.parseResque(text)
            return
        }
        switch scheme.lowercased() {
        case "redis":
            self = try Self.parseTCP(rest)
        case "unix":
            self = try Self.parseUnix(rest)
        case "rediss":
            throw RedisError(
                .configuration,
                "rediss:// asks for TLS, which this build does not have. Use redis:// or unix:// to a local TLS tunnel "
                    + "(stunnel or haproxy) that connects to the server.")
        default:
            throw RedisError(
                .configuration,
                "The address of Redis has another scheme. Use redis://host:port/database or unix:///path?db=database.")
        }
    }

    // MARK: - The forms

    private static func parseTCP(_ text: Substring) throws(RedisError) -> RedisEndpoint {
        let (credentials, place) = text.splitCredentials()
        let (authority, path) = place.split(atFirst: "/") ?? (place.upTo("?"), place.from("?"))
        let (pathText, query) = path.split(atFirst: "?") ?? (path.hasPrefix("?") ? ("", path.dropFirst()) : (path, ""))

        var endpoint = RedisEndpoint(address: try parseAuthority(authority))
        try endpoint.setCredentials(credentials)
        if !pathText.isEmpty { endpoint.database = try parseDatabase(pathText) }
        if let database = try databaseOption(query) { endpoint.database = database }
        return endpoint
    }

    private static func parseUnix(_ text: Substring) throws(RedisError) -> RedisEndpoint {
        // Only what stands before the path is a credential: file names may contain @.
        let (credentials, rest) = text.upTo("/").splitCredentials()
        let (path, query) = text.from("/").split(atFirst: "?") ?? (text.from("/"), "")
        guard path.count > 1, rest.isEmpty else {
            throw RedisError(
                .configuration, "unix:// needs the absolute path of the socket, as in unix:///run/redis.sock.")
        }
        var endpoint = RedisEndpoint(address: .unix(path: String(path)))
        try endpoint.setCredentials(credentials)
        endpoint.database = try databaseOption(query)
        return endpoint
    }

    /// Resque: `server, namespace = server.split('/', 2)`, then `host, port, db = server.split(':')`.
    private static func parseResque(_ text: String) throws(RedisError) -> RedisEndpoint {
        let (server, namespace) = text[...].split(atFirst: "/") ?? (text[...], nil)
        var address = server
        var database: Int?
        let parts = server.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count == 3 && !server.hasPrefix("[") {
            database = try parseDatabase(parts[2])
            address = server[..<parts[1].endIndex]
        }
        return RedisEndpoint(
            address: try parseAuthority(address), database: database, namespace: namespace.map(String.init))
    }

    // MARK: - The pieces

    private static func parseAuthority(_ text: Substring) throws(RedisError) -> Address {
        var host = text
        var port: Substring?
        var marks = "-._"
        if text.hasPrefix("[") {
            guard let (literal, rest) = text.dropFirst().split(atFirst: "]"), rest.isEmpty || rest.hasPrefix(":") else {
                throw RedisError(
                    .configuration, "The IPv6 address of Redis is not closed by a bracket; write [::1]:6379.")
            }
            host = literal
            marks += ":%"
            port = rest.isEmpty ? nil : rest.dropFirst()
        } else if let (name, number) = text.split(atFirst: ":") {
            host = name
            port = number
        }
        guard !host.isEmpty, host.allSatisfy({ $0.isLetter || $0.isNumber || marks.contains($0) }) else {
            throw RedisError(
                .configuration, "The address of Redis names no host; write host:port or redis://host:port/0.")
        }
        guard let port else { return .tcp(host: String(host), port: defaultPort) }
        guard let number = UInt16(port), number > 0 else {
            throw RedisError(
                .configuration,
                "What follows the host in the address of Redis is not a port; use a number from 1 to 65535.")
        }
        return .tcp(host: String(host), port: number)
    }

    private static func parseDatabase(_ text: Substring) throws(RedisError) -> Int {
        guard let number = Int(text), number >= 0, text.first != "+" else {
            throw RedisError(
                .configuration,
                "What ends the address of Redis is not a database; use its number, as in redis://host:6379/0.")
        }
        return number
    }

    private static func databaseOption(_ query: Substring) throws(RedisError) -> Int? {
        var database: Int?
        for option in query.split(separator: "&") {
            guard let (name, value) = option.split(atFirst: "="), name == "db" else {
                throw RedisError(
                    .configuration, "The address of Redis has an option that does not exist; the only one is db.")
            }
            database = try parseDatabase(value)
        }
        return database
    }

    private mutating func setCredentials(_ text: Substring?) throws(RedisError) {
        guard let text else { return }
        guard let (user, secret) = text.split(atFirst: ":") else {
            throw RedisError(
                .configuration,
                "A user without a password does not log in; write redis://user:password@host or "
                    + "redis://:password@host.")
        }
        username = user.isEmpty ? nil : try Self.percentDecoded(user)
        password = secret.isEmpty ? nil : try Self.percentDecoded(secret)
    }

    private static func percentDecoded(_ text: Substring) throws(RedisError) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, let decoded = UInt8(digits, radix: 16), digits.first != "+" else {
                throw RedisError(
                    .configuration,
                    "The user or password in the address of Redis has a % that two hexadecimal digits "
                        + "do not follow; write %25 for %.")
            }
            bytes.append(decoded)
            rest = rest.dropFirst(2)
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw RedisError(.configuration, "The user or password in the address of Redis is not UTF-8.")
        }
        return decoded
    }
}

extension StringProtocol where SubSequence == Substring {
    fileprivate func split(atFirst separator: String) -> (Substring, Substring)? {
        guard let range = firstRange(of: separator) else { return nil }
        return (self[..<range.lowerBound], self[range.upperBound...])
    }

    fileprivate func upTo(_ mark: Character) -> Substring {
        self[..<(firstIndex(of: mark) ?? endIndex)]
    }

    fileprivate func from(_ mark: Character) -> Substring {
        self[(firstIndex(of: mark) ?? endIndex)...]
    }

    /// A password may contain @ and / unescaped; the last @ ends it, as in the `redis` gem.
    fileprivate func splitCredentials() -> (Substring?, Substring) {
        guard let at = lastIndex(of: "@") else { return (nil, self[...]) }
        return (self[..<at], self[index(after: at)...])
    }
}
