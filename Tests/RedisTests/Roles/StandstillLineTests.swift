import BusProtocol
import BusSession
import Logging
import RedisConnection
import Testing

/// What is said of a standstill, and when.
@Suite(.timeLimit(.minutes(1))) struct StandstillLineTests {
    private static func refusal(_ text: String) -> RedisError { .refusal(RedisErrorReply(message: text)) }
    private static let full = refusal(
        "OOM command not allowed when used memory > 'maxmemory'. script: 4f, on @user_script:41.")
    private let start = ContinuousClock.now
    private let log = CapturedLog()

    private func standstill(of task: String? = nil) -> Standstill {
        Standstill(Logger(label: "test") { _ in log.handler }, of: task)
    }

    @Test func whatSomebodyMustChangeIsToldWithWhatToDo() {
        var standstill = standstill()
        let refusals = [
            "CROSSSLOT Keys in request don't hash to the same slot", "MOVED 7 127.0.0.1:1",
            "NOPERM this user has no permissions to run the 'evalsha' command", "ERR unknown command 'EVALSHA'",
            "WRONGTYPE Operation against a key holding the wrong kind of value",
        ]
        for refusal in refusals { standstill.met(Self.refusal(refusal), at: start) }
        let cluster =
            "Use a Redis that is no cluster; or a namespace in braces, as --namespace '{resque}', on the node that has its slot"
        let ends = [
            " advice=\(cluster)", " advice=\(cluster)", " advice=busdriver doctor names what this user needs",
            " advice=This needs a Redis of 6.2 or later that is no sentinel", "",
        ]
        let lines = zip(refusals, ends).map {
            "Redis cannot be used; trying again until somebody changes that\($1) reason=\($0)"
        }
        #expect(log.lines == lines)
    }

    @Test func eachCauseIsToldOnceInTenSeconds() {
        var standstill = standstill()
        standstill.met(Self.full, at: start)
        standstill.met(Self.full, at: start + .seconds(9))
        standstill.met(Self.refusal("BUSY Redis is busy."), at: start + .seconds(9))
        standstill.met(Self.full, at: start + .seconds(10))
        standstill.met(Self.full, at: start + .seconds(20))
        standstill.ended()
        standstill.ended()
        let line =
            "Redis cannot work; waiting until it can awaited=used memory below maxmemory; free some, or raise maxmemory "
            + "reason=OOM command not allowed when used memory > 'maxmemory'"
        let busy =
            "Redis cannot work; waiting until it can awaited=the end of a script that blocks Redis; SCRIPT KILL or "
            + "FUNCTION KILL ends it unless it wrote reason=BUSY Redis is busy"
        #expect(log.lines == [line, busy, line + " withheld=1", line, "Redis works again"])
    }

    @Test func aStateThatComesAndGoesIsNotToldEachTime() {
        var standstill = standstill(of: "not subscribed yet")
        standstill.met(Self.full, at: start)
        standstill.ended()
        standstill.met(Self.full, at: start + .seconds(1))
        #expect(standstill.trouble == "Redis cannot work: OOM command not allowed when used memory > 'maxmemory'")
        standstill.ended()
        #expect(standstill.trouble == nil)
        #expect(log.lines.count == 2 && log.lines[0].hasPrefix("not subscribed yet: Redis cannot work; "))
    }

    /// The words change, the cause does not.
    @Test func aServerThatIsAwayIsOneCause() {
        var standstill = standstill()
        standstill.met(RedisError(.connectionLost, "Redis closed the connection."), at: start)
        standstill.met(RedisError(.unreachable, "Connection refused."), at: start + .seconds(1))
        standstill.met(RedisError(.timedOut, "Too late."), at: start + .seconds(2))
        #expect(log.lines == ["Redis is away; trying until it answers reason=Redis closed the connection"])
        #expect(standstill.trouble == "Redis is away")
    }

    @Test func aDemotedMasterIsOneCause() {
        var standstill = standstill()
        standstill.met(Self.refusal("READONLY You can't write."), at: start)
        standstill.met(Self.refusal("MASTERDOWN Link with MASTER is down"), at: start)
        standstill.met(RedisError(.notMaster, "it is a replica"), at: start)
        #expect(log.lines.count == 1)
        #expect(standstill.trouble == "Redis cannot work: it is a replica")
    }

    @Test func whatIsClosedOnPurposeIsNoTrouble() {
        var standstill = standstill()
        standstill.met(RedisError(.closed, "The connection was closed."), at: start)
        #expect(standstill.trouble == nil && log.lines == [])
    }

    @Test func longWordsAreCut() {
        var standstill = standstill()
        standstill.met(Self.refusal("OOM " + String(repeating: "x", count: 10_000)), at: start)
        #expect(log.lines.count == 1 && log.lines[0].count < 500)
    }
}
