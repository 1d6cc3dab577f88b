package uz.koprik.gateway;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import uz.koprik.crypto.algorithm.SigningUnavailable;
import uz.koprik.gateway.cli.CommandOutput;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.cli.FileFailures;
import uz.koprik.gateway.cli.GlobalOptions;
import uz.koprik.gateway.cli.UsageErrors;
import uz.koprik.gateway.cli.cases.CaseCommand;
import uz.koprik.gateway.cli.centre.AccessCommand;
import uz.koprik.gateway.cli.centre.AccountCommand;
import uz.koprik.gateway.cli.centre.BackupCommand;
import uz.koprik.gateway.cli.centre.DoctorCommand;
import uz.koprik.gateway.cli.centre.InitCommand;
import uz.koprik.gateway.cli.centre.RehearseCommand;
import uz.koprik.gateway.cli.centre.RestoreCommand;
import uz.koprik.gateway.cli.centre.ServeCommand;
import uz.koprik.gateway.cli.centre.StoreCommand;
import uz.koprik.gateway.cli.offline.PatternCommand;
import uz.koprik.gateway.cli.offline.ValidateCommand;
import uz.koprik.gateway.cli.offline.VerifyCommand;
import uz.koprik.gateway.cli.partners.AgreementCommand;
import uz.koprik.gateway.cli.partners.ExplainCommand;
import uz.koprik.gateway.cli.partners.FeedCommand;
import uz.koprik.gateway.cli.partners.GroupCommand;
import uz.koprik.gateway.cli.partners.KeyCommand;
import uz.koprik.gateway.cli.partners.PartnerCommand;
import uz.koprik.gateway.cli.partners.TlsCommand;
import uz.koprik.gateway.cli.recalls.RecallCommand;
import uz.koprik.gateway.cli.retention.EraseCommand;
import uz.koprik.gateway.cli.retention.RetentionCommand;
import uz.koprik.gateway.cli.roles.ActCommand;
import uz.koprik.gateway.cli.roles.ReleaseCommand;
import uz.koprik.gateway.cli.roles.RoleCommand;
import uz.koprik.gateway.cli.search.AlertsCommand;
import uz.koprik.gateway.cli.search.ExportCommand;
import uz.koprik.gateway.cli.search.ImportCommand;
import uz.koprik.gateway.cli.search.RedactCommand;
import uz.koprik.gateway.cli.search.RevokeCommand;
import uz.koprik.gateway.cli.search.SearchCommand;
import uz.koprik.gateway.cli.search.ShowCommand;
import uz.koprik.gateway.cli.search.SubmitCommand;
import uz.koprik.gateway.clock.ClockNotAllowed;
import uz.koprik.gateway.clock.ProcessClock;
import uz.koprik.gateway.config.Version;
import uz.koprik.gateway.demo.DemoCommand;
import uz.koprik.indicators.policy.Tlp;

/** The command line of Koprik. */
@Command(
        name = "koprik",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        description = "Exchange of signed STIX 2.1 threat indicators between national cyber centres.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused, or not done for the reason said",
            "2:wrong usage",
            "3:the centre cannot be reached",
            "4:the home, its settings or its keys cannot be used",
            "5:the running centre had an error that only a restart clears"
        })
public final class Main implements GlobalOptions, Runnable {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder of the centre (default: $KOPRIK_HOME, else ./koprik-home).")
    private Path home;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Write JSON for scripts.")
    private boolean json;

    @CommandLine.Spec
    private CommandSpec spec;

    /** Every command there is; a new one is one line here. */
    private static final List<Class<?>> COMMANDS = List.of(
            InitCommand.class,
            ServeCommand.class,
            AccountCommand.class,
            RoleCommand.class,
            ActCommand.class,
            ReleaseCommand.class,
            AccessCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            DoctorCommand.class,
            SubmitCommand.class,
            ImportCommand.class,
            SearchCommand.class,
            ExportCommand.class,
            ShowCommand.class,
            RevokeCommand.class,
            RedactCommand.class,
            ValidateCommand.class,
            VerifyCommand.class,
            PatternCommand.class,
            StoreCommand.class,
            CaseCommand.class,
            AlertsCommand.class,
            PartnerCommand.class,
            AgreementCommand.class,
            GroupCommand.class,
            RecallCommand.class,
            RetentionCommand.class,
            EraseCommand.class,
            KeyCommand.class,
            TlsCommand.class,
            FeedCommand.class,
            ExplainCommand.class,
            DemoCommand.class,
            RehearseCommand.class);

    @Override
    public Path home() {
        return home;
    }

    @Override
    public boolean json() {
        return json;
    }

    @Override
    public CommandLine newCommandLine(List<String> arguments) {
        return commandLine(arguments);
    }

    /** The command line with all commands, ready to execute. */
    public static CommandLine commandLine() {
        return withCommands(COMMANDS);
    }

    /**
     * The command line, ready to execute these arguments. It has their command alone, since to read the annotations of
     * all takes longer than most commands run. It has all when the arguments name none of them.
     */
    public static CommandLine commandLine(List<String> arguments) {
        String name = commandName(arguments);
        return withCommands(COMMANDS.stream()
                .filter(command -> command.getAnnotation(Command.class).name().equals(name))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS));
    }

    /** The first argument after the options of every command; empty when there is none. */
    private static String commandName(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals("--home")) {
                i++;
            } else if (!argument.equals("--json") && !argument.startsWith("--home=")) {
                return argument;
            }
        }
        return "";
    }

    private static CommandLine withCommands(List<Class<?>> commands) {
        CommandLine line = new CommandLine(new Main());
        commands.forEach(line::addSubcommand);
        CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
        completion.setCommandName("completion");
        completion.getCommandSpec().helpCommand(false); // arguments that it does not know are errors here too
        completion
                .getCommandSpec()
                .usageMessage()
                .description(
                        "Write a script by which bash and zsh complete the commands of koprik.",
                        "Load it with: source <(koprik completion)");
        line.addSubcommand("completion", completion);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(Tlp.class, UsageErrors::tlp);
        line.setParameterExceptionHandler(new UsageErrors());
        line.setExecutionStrategy(parsed -> {
            try {
                if (!ProcessClock.offset().isZero()) {
                    CommandOutput.to(line.getErr())
                            .println("koprik: rehearsal: the clock of this process shows "
                                    + ProcessClock.get().instant() + "; what it signs has a false time");
                }
            } catch (ClockNotAllowed moved) {
                CommandOutput.to(line.getErr()).println("koprik: " + moved.getMessage());
                return ExitCode.USAGE;
            }
            return new CommandLine.RunLast().execute(parsed);
        });
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            CommandOutput err = CommandOutput.to(command.getErr());
            List<String> lines = describe(failure);
            err.println("koprik: " + lines.getFirst());
            lines.stream().skip(1).forEach(err::println);
            if (!(failure instanceof Failure) && Boolean.getBoolean("koprik.trace")) {
                failure.printStackTrace(command.getErr());
            }
            command.getErr().flush();
            return failure instanceof Failure known
                    ? known.exitCode()
                    : failure instanceof SigningUnavailable ? ExitCode.HOME : ExitCode.FAILED;
        });
        return line;
    }

    private static List<String> describe(Throwable failure) {
        return switch (failure) {
            case Failure known -> known.lines();
            case IOException io -> List.of(FileFailures.words(io));
            case SigningUnavailable away -> List.of(away.getMessage());
            default ->
                List.of("something went wrong that should not: " + failure
                        + " (run with KOPRIK_JAVA_OPTS=-Dkoprik.trace=true for more)");
        };
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /**
     * Requests are worked on by virtual threads, which do not take turns on a processor: a long search would keep all
     * others from it. The operating system does take turns, so there are more carriers than processors.
     */
    private static void shareProcessors() {
        String carriers = "jdk.virtualThreadScheduler.parallelism";
        if (System.getProperty(carriers) == null) {
            System.setProperty(
                    carriers,
                    Integer.toString(Math.max(16, 4 * Runtime.getRuntime().availableProcessors())));
        }
    }

    public static void main(String[] args) {
        shareProcessors();
        CommandLine line = commandLine(List.of(args));
        StandardOutput out = StandardOutput.ofProcess();
        line.setOut(out.writer());
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        int code = line.execute(args);
        line.getOut().flush();
        Optional<IOException> cut = out.failure();
        cut.ifPresent(why ->
                CommandOutput.to(line.getErr()).println("koprik: the output is not whole: " + FileFailures.words(why)));
        System.exit(code == ExitCode.OK && cut.isPresent() ? ExitCode.FAILED : code);
    }
}
