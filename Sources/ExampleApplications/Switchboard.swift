import ResqueBus

/// The one application that owns outgoing messages and their credentials: every other one asks it by an event.
enum Switchboard {
    struct Message: Decodable {
        var to: String
        var text: String
    }

    static func application(on bus: Bus, messenger: Messenger) -> Application {
        Application("switchboard") {
            Subscribe("message_requested", queue: "critical") { (message: Message, event: Event) in
                // An event may come twice, after a crash between the sending and its settlement: its id makes that
                // harmless.
                guard try await messenger.send(message, id: event.id ?? message.to) else { return }
                try await bus.publish("message_sent", ["to": .string(message.to)])
            }
        }
        .timeout(.seconds(10))
    }
}
