/// `traqora config check`
let configCheckCommand = Command(
    "config check", "Say everything that is wrong with the configuration, or that nothing is."
) {
    let values = SettingValues.ofProcess()
    for name in values.unknownNames {
        let hint = nearest(to: name, among: Schema.lines.flatMap(\.names))
            .map { "; did you mean \($0)?" }
        say("Note: \(name) is no setting of traqora\(hint ?? "")")
    }
    _ = try Settings(values)
    say("The configuration is usable.")
}

/// `traqora config show`
let configShowCommand = Command(
    "config show", "Print every setting that is in force and where it came from, without secrets."
) {
    say(Settings.overview(SettingValues.ofProcess()))
}

/// `traqora config example`
let configExampleCommand = Command(
    "config example", "Print an environment file with every setting."
) {
    say(Settings.exampleFile)
}
