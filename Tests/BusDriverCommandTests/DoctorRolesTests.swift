import BusWire
import RedisTestSupport
import Testing

/// Whose rights `busdriver doctor` is asked about.
@Suite(.timeLimit(.minutes(1))) struct DoctorRolesTests {
    /// Which they are by default, and what they find, stands in ExaminationTests.
    @Test func theOptionsSayWhoseRightsAreTried() throws {
        let server = try RedisServer()
        try server.connect().call("ACL", "SETUSER", "default", "-spop")
        func verdict(_ words: String...) throws -> JSONValue? {
            try BuiltCommand.runAll(["doctor", "--json"] + words + ["--redis", server.url]).lines
                .map { try JSONValue.parse($0) }.first { $0["check"] == "Permissions" }?["verdict"]
        }
        #expect(try verdict() == "ok")
        #expect(try verdict("--scheduler") == "problem")
        #expect(try verdict("--role", "scheduler") == "problem")
        #expect(try verdict("--role", "driver") == "ok")
    }
}
