import ResqueBus

/// A rider in the plain sense: it waits for one kind of event, does its part, and tells the bus what else should
/// happen.
enum Greeter {
    /// What this application needs of a `user_created`. An event without it goes to `failed`, which names the
    /// attribute.
    struct NewUser: Decodable {
        var name: String
        var email: String
    }

    static func application(on bus: Bus) -> Application {
        Application("greeter") {
            Subscribe("user_created") { (user: NewUser) in
                // It knows nobody who sends mail. Whoever owns that listens for this event.
                try await bus.publish(
                    "message_requested", ["to": .string(user.email), "text": .string("Welcome, \(user.name)!")])
            }
        }
    }
}
