import LibevExecutor
import Testing

@testable import RedisConnection

/// Which refusals pass by themselves, in the words of Redis 6.2 and 7.
@Suite(.serialized, .timeLimit(.minutes(1))) final class PassingStateTests: Sendable {
    private let loop = LibevExecutor(name: "passing")

    deinit { loop.stop() }

    @Test(arguments: [
        ("BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.", "SCRIPT KILL"),
        ("BUSY Redis is busy running a script. You can only call FUNCTION KILL or SHUTDOWN NOSAVE.", "FUNCTION KILL"),
        ("LOADING Redis is loading the dataset in memory", "load its data"),
        ("OOM command not allowed when used memory > 'maxmemory'.", "maxmemory"),
        ("OOM command not allowed when used memory > 'maxmemory'. script: ff967, on @user_script:1.", "maxmemory"),
        (
            "ERR Error running script (call to f_ff): @user_script:1: @user_script: 1: -OOM command not allowed when used "
                + "memory > 'maxmemory'.", "maxmemory"
        ),
        ("READONLY You can't write against a read only replica.", "a master"),
        (
            "ERR Error running script (call to f_e): @user_script:1: @user_script: 1: -READONLY You can't write against a "
                + "read only replica.", "a master"
        ),
        (
            "UNBLOCKED force unblock from blocking operation, instance state changed (master -> replica?)", "a master"
        ),
        ("NOREPLICAS Not enough good replicas to write. script: ff967, on @user_script:1.", "min-replicas-to-write"),
        ("MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", "its master"),
        ("CLUSTERDOWN The cluster is down", "every slot"),
        ("CLUSTERDOWN Hash slot not served", "every slot"),
        ("TRYAGAIN Multiple keys request during rehashing of slot", "a slot"),
        ("MISCONF Errors writing to the AOF file: No space left on device", "save"),
        ("ERR max number of clients reached", "maxclients"),
        ("ERR max number of clients + cluster connections reached", "maxclients"),
        ("EXECABORT Transaction discarded because of: BUSY Redis is busy running a script.", "SCRIPT KILL"),
    ])
    func aStateThatPassesSaysWhatIsWaitedFor(_ text: String, _ awaited: String) {
        let reply = RedisErrorReply(message: text)
        #expect(reply.isPassing)
        #expect(reply.kind.awaited?.contains(awaited) == true)
        #expect(RedisError(.reply(reply), "refused").isPassing)
        #expect(RedisError(.unreachable, "no connection", underlying: reply).isPassing)
    }

    @Test(arguments: [
        "NOPERM this user has no permissions to run the 'get' command", "NOAUTH Authentication required.",
        "WRONGPASS invalid username-password pair or user is disabled.",
        "WRONGTYPE Operation against a key holding the wrong kind of value",
        "CROSSSLOT Keys in request don't hash to the same slot", "MOVED 3999 127.0.0.1:6381",
        "ERR DB index is out of range", "ERR unknown command 'ROLE', with args beginning with: ",
        "ERR Error running script (call to f_0): @user_script:1: boom: -1", "ERR syntax error",
        "EXECABORT Transaction discarded because of previous errors.",
        "EXECABORT Transaction discarded because of: NOPERM this user has no permissions to run the 'set' command",
        "BUSYGROUP Consumer Group name already exists", "",
    ])
    func everythingElseStaysRefused(_ text: String) {
        let reply = RedisErrorReply(message: text)
        #expect(!reply.isPassing)
        #expect(!RedisError(.reply(reply), "refused").isPassing)
    }

    @Test func aLostConnectionIsNoRefusal() {
        let error = RedisError(.connectionLost, "gone", underlying: RedisError(.timedOut, "late"))
        #expect(error.reply == nil && !error.isPassing)
    }

    /// A state that begins at any step of the handshake is nobody's configuration.
    @Test(arguments: ["CLIENT", "SELECT", "ROLE", "INFO"], ["-BUSY busy", "-LOADING loading", "-MASTERDOWN down"])
    func theHandshakeMeetsAStateThatPasses(_ step: String, _ answer: String) async throws {
        let server = FakeServer { peer in
            while let command = peer.readCommand() {
                let usual = command[0] == "ROLE" ? "*3\r\n$6\r\nmaster\r\n:0\r\n*0" : "+OK"
                peer.write((command[0] == step ? answer : usual) + "\r\n")
            }
        }
        defer { server.stop() }
        let connection = server.connection(on: loop) {
            $0.clientName = "named"
            $0.database = 3
        }
        do throws(RedisError) {
            _ = try await connection.connect()
            Issue.record("it connected")
        } catch {
            #expect(error.isPassing && error.code == .reply(RedisErrorReply(message: String(answer.dropFirst()))))
        }
    }
}
