import Testing

@testable import RedisConnection

@Suite(.timeLimit(.minutes(1))) struct RedisErrorReplyTests {
    typealias Row = (text: String, kind: RedisErrorReply.Kind, remedy: RedisErrorReply.Remedy)

    static let rows: [Row] = [
        ("READONLY You can't write against a read only replica.", .readOnly, .reconnect),
        ("LOADING Redis is loading the dataset in memory", .loading, .wait),
        ("OOM command not allowed when used memory > 'maxmemory'.", .outOfMemory, .wait),
        ("NOSCRIPT No matching script. Please use EVAL.", .noScript, .retry),
        ("NOAUTH Authentication required.", .noAuth, .reconnect),
        ("WRONGPASS invalid username-password pair or user is disabled.", .wrongPassword, .fail),
        ("ERR invalid password", .wrongPassword, .fail),
        ("NOPERM this user has no permissions to run the 'get' command", .noPermission, .fail),
        ("ERR The user executing the script can't run this command or subcommand", .noPermission, .fail),
        ("BUSY Redis is busy running a script.", .busy, .wait),
        ("MISCONF Redis is configured to save RDB snapshots", .misconfigured, .wait),
        ("UNBLOCKED client unblocked via CLIENT UNBLOCK", .unblocked, .retry),
        ("WRONGTYPE Operation against a key holding the wrong kind of value", .wrongType, .fail),
        ("EXECABORT Transaction discarded because of previous errors.", .execAbort, .retry),
        ("EXECABORT Transaction discarded because of: NOPERM this user has no permissions", .execAbort, .retry),
        ("MASTERDOWN Link with MASTER is down", .masterDown, .wait),
        ("NOREPLICAS Not enough good replicas to write.", .noReplicas, .wait),
        ("TRYAGAIN Multiple keys request during rehashing of slot", .tryAgain, .retry),
        ("CLUSTERDOWN Hash slot not served", .clusterDown, .wait),
        ("MOVED 3999 127.0.0.1:6381", .moved, .reconnect),
        ("ASK 3999 127.0.0.1:6381", .moved, .reconnect),
        ("CROSSSLOT Keys in request don't hash to the same slot", .crossSlot, .fail),
        ("ERR max number of clients reached", .maxClients, .reconnect),
        ("ERR max number of clients + cluster connections reached", .maxClients, .reconnect),
        ("ERR unknown command 'FOO'", .unknownCommand, .fail),
        ("ERR unknown subcommand 'FOO'. Try CLIENT HELP.", .unknownCommand, .fail),
        ("ERR Error running script (call to f_0): @user_script:1: boom", .scriptFailed, .fail),
        ("ERR user_script:1: Script attempted to access nonexistent global variable 'x'", .scriptFailed, .fail),
        ("ERR syntax error", .other, .fail),
        ("LOADINGX no such word", .other, .fail),
        ("", .other, .fail),
    ]

    @Test(arguments: rows)
    func classifies(_ row: Row) {
        let reply = RedisErrorReply(message: row.text)
        #expect(reply.kind == row.kind)
        #expect(reply.remedy == row.remedy)
        #expect(row.text.hasPrefix(reply.message))
    }

    /// Redis 4 to 7 and Valkey, inside a script and outside.
    @Test(arguments: [
        ("ERR unknown command 'FOO'", ", with args beginning with: 'secret' "),
        ("ERR unknown command `FOO`", ", with args beginning with: `secret`, `x`, "),
    ])
    func argumentsAreNotRepeated(_ told: String, _ rest: String) {
        let reply = RedisErrorReply(message: told + rest)
        #expect(reply.message == told)
        #expect(reply.kind == .unknownCommand)
    }

    /// They may be a password or a payload.
    @Test func theArgumentsOfAnUnknownCommandAreForgotten() {
        let reply = RedisErrorReply(message: "ERR unknown command 'FOO', with args beginning with: 's3cret' ")
        #expect(reply.kind == .unknownCommand && reply.message == "ERR unknown command 'FOO'")
    }

    @Test func everyKindHasARow() {
        #expect(Set(Self.rows.map(\.kind)) == Set(RedisErrorReply.Kind.allCases))
    }
}

@Suite(.timeLimit(.minutes(1))) struct ReconnectBackoffTests {
    @Test func delaysDoubleUpToTheCap() {
        var backoff = ReconnectBackoff()
        let delays = (0..<9).map { _ in backoff.delay(afterFailure: false, random: 1) }
        #expect(delays == [100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000].map { .milliseconds($0) })
    }

    @Test func jitterCoversTheWholeRange() {
        var backoff = ReconnectBackoff(base: .seconds(1))
        #expect(backoff.delay(afterFailure: false, random: 0) == .zero)
        #expect(backoff.delay(afterFailure: false, random: 0.25) == .milliseconds(500))
    }

    @Test func refusedCredentialsWaitLonger() {
        var backoff = ReconnectBackoff()
        #expect(backoff.delay(afterFailure: true, random: 1) == .seconds(30))
        #expect(backoff.delay(afterFailure: false, random: 1) == .milliseconds(200))
    }

    @Test func onlyALastingConnectionEndsTheCount() {
        var backoff = ReconnectBackoff()
        #expect(backoff.delay(afterConnectionOf: .seconds(9), random: 1) == .milliseconds(100))
        #expect(backoff.delay(afterConnectionOf: .zero, random: 1) == .milliseconds(200))
        #expect(backoff.delay(afterConnectionOf: .seconds(10), random: 1) == .zero)
        #expect(backoff.delay(afterFailure: false, random: 1) == .milliseconds(100))
    }

    @Test func longOutagesDoNotOverflow() {
        var backoff = ReconnectBackoff()
        for _ in 0..<10_000 { #expect(backoff.delay(afterFailure: false, random: 1) <= .seconds(5)) }
    }
}

@Suite(.timeLimit(.minutes(1))) struct RedisPipelineTests {
    @Test func encodesAsRedisWants() {
        var pipeline = RedisPipeline("SET", "kéy", "")
        pipeline.begin(argumentCount: 4)
        pipeline.argument("RPUSH")
        pipeline.argument(-120)
        "$1\r\na\r\n$2\r\nbc\r\n".utf8.withContiguousStorageIfAvailable {
            pipeline.encodedArguments(UnsafeRawBufferPointer($0), count: 2)
        }
        pipeline.append(["INCRBY", "n"].map(\.self) + [String(Int.min)])
        #expect(
            text(pipeline)
                == "*3\r\n$3\r\nSET\r\n$4\r\nkéy\r\n$0\r\n\r\n"
                + "*4\r\n$5\r\nRPUSH\r\n$4\r\n-120\r\n$1\r\na\r\n$2\r\nbc\r\n"
                + "*3\r\n$6\r\nINCRBY\r\n$1\r\nn\r\n$20\r\n-9223372036854775808\r\n")
        #expect(pipeline.count == 3)
        #expect(pipeline.starts == [0, 29, 69])
    }

    @Test func numbersAreDecimal() {
        for number in [0, 1, -1, 9, 10, 99, 100, -100, 1_000_000, .max, .min] {
            var pipeline = RedisPipeline()
            pipeline.begin(argumentCount: 2)
            pipeline.argument("ECHO")
            pipeline.argument(number)
            #expect(text(pipeline) == text(RedisPipeline("ECHO", String(number))))
        }
    }

    @Test func pipelinesCanBeJoined() {
        var joined = RedisPipeline("GET", "a")
        joined.append(contentsOf: RedisPipeline("GET", "b"))
        #expect(text(joined) == text(RedisPipeline("GET", "a")) + text(RedisPipeline("GET", "b")))
        #expect(joined.starts == [0, 20])
        joined.removeAll()
        #expect(joined.isEmpty && joined.byteCount == 0)
    }

    @Test(arguments: ["SUBSCRIBE", "pSubscribe", "unsubscribe", "MONITOR"])
    func modeChangesAreRefused(_ name: String) async throws {
        await #expect(processExitsWith: .failure) { [name] in
            _ = RedisPipeline(name, "a")
        }
    }

    private func text(_ pipeline: RedisPipeline) -> String {
        pipeline.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }
}

@Suite(.timeLimit(.minutes(1))) struct RequestQueueTests {
    @Test func repliesGoToTheOldest() {
        var queue = RequestQueue()
        let first = queue.append(request(replies: 2, deadline: 1))
        let second = queue.append(request(replies: 1, deadline: 2))
        #expect(first != 0 && second == first + 1)
        #expect(queue.oldestDeadline == 1)
        #expect(isStale(queue.receiveReply(to: second)))
        #expect(!isComplete(queue.receiveReply(to: first)))
        #expect(isComplete(queue.receiveReply(to: first)))
        #expect(isStale(queue.receiveReply(to: first)))
        #expect(queue.oldestDeadline == 2)
        #expect(isComplete(queue.receiveReply(to: second)))
        #expect(queue.isEmpty && queue.oldestDeadline == nil)
        #expect(isStale(queue.receiveReply(to: second + 1)))
    }

    @Test func numbersAreNeverUsedAgain() {
        var queue = RequestQueue()
        var last: UInt = 0
        for round in 0..<50 {
            for _ in 0..<round {
                let number = queue.append(request(replies: 1, deadline: 0))
                #expect(number == last + 1)
                last = number
            }
            if round % 2 == 0 {
                #expect(queue.removeAll().count == round)
            } else {
                while !queue.isEmpty { #expect(isComplete(queue.receiveReply(to: queue.oldest))) }
            }
        }
    }

    @Test func longQueueIsCompacted() {
        var queue = RequestQueue()
        for _ in 0..<1000 { _ = queue.append(request(replies: 1, deadline: 0)) }
        for _ in 0..<900 { #expect(isComplete(queue.receiveReply(to: queue.oldest))) }
        #expect(queue.append(request(replies: 1, deadline: 0)) == 1001)
        #expect(queue.removeAll().count == 101)
    }

    private func request(replies: Int, deadline: UInt64) -> RequestQueue.Request {
        .init(repliesDue: replies, deadline: deadline, completion: { _ in })
    }

    private func isStale(_ outcome: RequestQueue.Outcome) -> Bool {
        if case .stale = outcome { true } else { false }
    }

    private func isComplete(_ outcome: RequestQueue.Outcome) -> Bool {
        if case .complete = outcome { true } else { false }
    }
}
