/// `traqora config check`
let configCheckCommand = Command(
    "config check", "Say everything that is wrong with the environment, or that nothing is."
) {
    _ = try Settings.ofProcess()
    say("The configuration is usable.")
}

/// `traqora config example`
let configExampleCommand = Command(
    "config example", "Print an environment file with every setting."
) {
    say(Settings.exampleFile)
}
