import Testing

@testable import RedisConnection

@Suite(.timeLimit(.minutes(1))) struct RedisEndpointTests {
    static let readable: [(String, RedisEndpoint)] = [
        ("redis://localhost", tcp("localhost")),
        ("redis://localhost/", tcp("localhost")),
        ("redis://localhost:7000", tcp("localhost", 7000)),
        ("redis://10.0.0.1:7000/5", tcp("10.0.0.1", 7000, database: 5)),
        ("REDIS://localhost/0", tcp("localhost", database: 0)),
        ("redis://localhost?db=2", tcp("localhost", database: 2)),
        ("redis://localhost/?db=2", tcp("localhost", database: 2)),
        ("redis://[::1]:7000/1", tcp("::1", 7000, database: 1)),
        ("redis://[fe80::1%eth0]", tcp("fe80::1%eth0")),
        ("redis://:secret@localhost", tcp("localhost", password: "secret")),
        ("redis://user:secret@localhost/1", tcp("localhost", user: "user", password: "secret", database: 1)),
        ("redis://us%40er:p%3Aa%2Fs%25s@localhost", tcp("localhost", user: "us@er", password: "p:a/s%s")),
        ("redis://:a@b/c@localhost:7000/1", tcp("localhost", 7000, password: "a@b/c", database: 1)),
        ("redis://:%c3%a4@localhost", tcp("localhost", password: "ä")),
        ("redis://user:@localhost", tcp("localhost", user: "user")),
        ("unix:///run/redis.sock", unix("/run/redis.sock")),
        ("unix:///run/redis.sock?db=3", unix("/run/redis.sock", database: 3)),
        ("unix:///run/a@b:c.sock", unix("/run/a@b:c.sock")),
        ("unix://:secret@/run/redis.sock", unix("/run/redis.sock", password: "secret")),
        ("unix://user:secret@/run/redis.sock", unix("/run/redis.sock", user: "user", password: "secret")),
        ("localhost", tcp("localhost")),
        ("localhost:7000", tcp("localhost", 7000)),
        ("localhost:7000:4", tcp("localhost", 7000, database: 4)),
        ("localhost:7000:4/ns", tcp("localhost", 7000, database: 4, namespace: "ns")),
        ("localhost:7000/ns:a/b", tcp("localhost", 7000, namespace: "ns:a/b")),
        ("localhost/ns", tcp("localhost", namespace: "ns")),
        ("[::1]:7000/ns", tcp("::1", 7000, namespace: "ns")),
    ]

    @Test(arguments: readable)
    func reads(_ text: String, _ expected: RedisEndpoint) throws {
        #expect(try RedisEndpoint(parsing: text) == expected)
    }

    @Test(arguments: [
        ("rediss://localhost", "TLS"), ("http://localhost", "redis://host"), ("redis://", "names no host"),
        ("", "names no host"), ("redis://:secret@", "names no host"), ("redis://localhost:port", "not a port"),
        ("redis://localhost:0", "not a port"), ("redis://localhost:65536", "not a port"),
        ("redis://localhost:", "not a port"), ("redis://localhost/one", "not a database"),
        ("redis://localhost/-1", "not a database"), ("redis://localhost/+1", "not a database"),
        ("redis://localhost/1/2", "not a database"), ("redis://localhost?timeout=1", "only one is db"),
        ("redis://secret@localhost", "user:password"), ("redis://:a%2@localhost", "%25"),
        ("redis://:a%zz@localhost", "%25"), ("redis://:%ff@localhost", "UTF-8"), ("redis://[::1", "bracket"),
        ("unix://", "absolute path"), ("unix:///run/redis.sock?db=x", "not a database"),
        ("unix://run/redis.sock", "absolute path"), ("redis://a%40b", "names no host"),
        ("localhost:7000:x", "not a database"), ("local host", "names no host"),
    ])
    func refuses(_ text: String, _ hint: String) {
        let error = #expect(throws: RedisError.self) { try RedisEndpoint(parsing: text) }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains(hint) == true)
    }

    @Test func noRefusalShowsThePassword() {
        for text in [
            "rediss://u:secret@h", "redis://:secret@", "redis://:secret@h:x", "redis://:secret@h/x", "redis://secret@h",
            "redis://:secret%@h", "unix://:secret@", "redis://:secret@h?x=y", "redis://:secret@[::1",
            "redis://:secret@a b", "bd:secret@127.0.0.1:18911:0", "redis://bd:secret 127.0.0.1:1", "bd:secret",
            "bd:1:secret", "secret://host", "bd:secret://host", "unix://bd:secret/run/redis.sock",
            "redis://bd:1/secret", "[secret", "redis://[::1]secret", "secret@host", "redis://secret%40host",
            "redis://h?secret", "redis://h?db=secret",
        ] {
            let error = #expect(throws: RedisError.self) { try RedisEndpoint(parsing: text) }
            #expect(error?.message.contains("secret") == false, "\(text)")
        }
    }

    @Test func descriptionsDoNotShowThePassword() throws {
        let endpoint = try RedisEndpoint(parsing: "redis://user:secret@[::1]:7000/2")
        #expect(endpoint.description == "redis://[::1]:7000/2")
        #expect(RedisEndpoint(address: .unix(path: "/a"), database: 1).description == "unix:///a?db=1")
        var shown = "\(endpoint) \(String(reflecting: endpoint)) "
        dump(endpoint, to: &shown)
        let configuration = RedisConfiguration(endpoint: endpoint)
        shown += "\(configuration) \(String(reflecting: configuration)) "
        dump(configuration, to: &shown)
        let credentials = RedisCredentials(username: "user", password: "secret")
        shown += "\(credentials) \(String(reflecting: credentials))"
        dump(credentials, to: &shown)
        #expect(!shown.contains("secret"))
    }

    private static func tcp(
        _ host: String, _ port: UInt16 = 6379, user: String? = nil, password: String? = nil, database: Int? = nil,
        namespace: String? = nil
    ) -> RedisEndpoint {
        RedisEndpoint(
            address: .tcp(host: host, port: port), username: user, password: password, database: database,
            namespace: namespace)
    }

    private static func unix(
        _ path: String, user: String? = nil, password: String? = nil, database: Int? = nil
    ) -> RedisEndpoint {
        RedisEndpoint(address: .unix(path: path), username: user, password: password, database: database)
    }
}
