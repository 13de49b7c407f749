extension Scenario {
    /// More repeats than this are not run.
    private static let mostRepeats = 1000

    /// - Throws: `ScenarioError` for the first thing that contradicts itself.
    func validate() throws(ScenarioError) {
        guard !target.incoming.isEmpty else {
            throw ScenarioError("The incoming list has no name; leave it out for bus_incoming.")
        }
        if target.driver == .external, target.redis == nil {
            throw ScenarioError("An external driver needs a Redis that it works on; name it by --redis.")
        }
        guard (1...Self.mostRepeats).contains(load.repeats) else {
            throw ScenarioError("There are \(load.repeats) repeats; choose 1 to \(Self.mostRepeats).")
        }
        // What is captured has its own shape.
        if shape.eventsFile == nil { try shape.validate() }
    }
}
