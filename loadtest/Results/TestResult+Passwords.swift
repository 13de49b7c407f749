extension TestResult {
    /// The result with `***` for every password in a URL, so that it can be handed on.
    var withoutPasswords: TestResult {
        var result = self
        result.driver = Self.masked(driver)
        result.arguments = arguments.map(Self.masked)
        result.warnings = warnings.map(Self.masked)
        result.scenario.target.redis = scenario.target.redis.map(Self.masked)
        if case .spawn(let command) = scenario.target.driver {
            result.scenario.target.driver = .spawn(Self.masked(command))
        }
        result.saturation?.beside?.driver = Self.masked(saturation?.beside?.driver ?? "")
        return result
    }

    private static func masked(_ text: String) -> String {
        text.replacing(/(:\/\/[^\/\s:@'"]*:)[^\/\s'"]*@/) { "\($0.output.1)***@" }
    }
}
