import BusOperations
import BusWire
import RedisConnection
import RedisTestSupport
import Testing

/// Entries that an operator names by their IDs, or by what they say.
@Suite(.timeLimit(.minutes(1))) struct FailureChoiceTests {
    private func entry(_ number: Int) -> String {
        #"{"queue":"q\#(number % 2)","payload":{"class":"C","args":[\#(number)]}}"#
    }

    /// The arguments of what is visited.
    private func visited(
        _ bench: StoreBench, ids: [String] = [], queue: String? = nil
    ) async throws -> (numbers: [JSONValue], error: OperationError?) {
        var numbers: [JSONValue] = []
        let choice = FailureChoice(ids: ids, criteria: FailureCriteria(queue: queue))
        let failures = FailureLists(connection: bench.connection, bus: bench.bus)
        let error = try await choice.visit(in: failures) { entries throws(RedisError) in
            numbers += entries.compactMap { $0.json?["payload"]?["args"]?.elements?.first }
            return entries.count
        }
        return (numbers, error)
    }

    @Test func idsAndCriteriaChoose() async throws {
        let bench = try await StoreBench()
        for number in 0..<4 { try bench.raw.call("RPUSH", "resque:failed", entry(number)) }
        let ids = try await FailureLists(connection: bench.connection, bus: bench.bus).newest(9).map(\.id)
        #expect(try await visited(bench).numbers == [0, 1, 2, 3])
        #expect(try await visited(bench, queue: "q1").numbers == [1, 3])
        #expect(try await visited(bench, ids: [ids[2], String(ids[0].prefix(8))]).numbers == [0, 2])
    }

    /// What can be handled is handled before anybody is told.
    @Test func whatNobodyHasIsTold() async throws {
        let bench = try await StoreBench()
        for number in 0..<3 { try bench.raw.call("RPUSH", "resque:failed", entry(number)) }
        let ids = try await FailureLists(connection: bench.connection, bus: bench.bus).newest(9).map(\.id)
        let missing = try await visited(bench, ids: ["zzzz", ids[1]])
        #expect(missing.numbers == [1])
        #expect(missing.error == OperationError("No entry has the ID zzzz."))
        let ambiguous = try await visited(bench, ids: [""])
        #expect(ambiguous.numbers == [0])
        #expect(
            ambiguous.error
                == OperationError("Several entries begin with ; only the oldest was handled. Give more characters."))
    }
}
