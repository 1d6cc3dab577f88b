package uz.koprik.gateway.centre;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.gateway.Main;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.AccountsFile;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.cli.CentreAddress;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Tlp;

/** A real centre in this JVM, on a port of the loopback interface that the system chose. */
public final class TestCentre implements AutoCloseable {

    private final Home home;
    private Gateway gateway;

    public TestCentre(Home home) {
        this.home = home;
    }

    /** Founds a centre in a new folder; it does not run yet. */
    public static TestCentre found(Path folder, String name) throws IOException, ConfigException {
        Home home = new Home(folder);
        HomeTemplates.found(home, name, name);
        return new TestCentre(home);
    }

    /** The same with other settings: {@code settings} changes the text of koprik.yaml. */
    public static TestCentre found(Path folder, String name, UnaryOperator<String> settings)
            throws IOException, ConfigException {
        TestCentre centre = found(folder, name);
        Files.writeString(centre.home.config(), settings.apply(Files.readString(centre.home.config())));
        return centre;
    }

    /** Founds a centre and runs it. */
    public static TestCentre running(Path folder, String name)
            throws IOException, ConfigException, StartFailure, InterruptedException {
        TestCentre centre = found(folder, name);
        centre.start();
        return centre;
    }

    /** A centre with the same keys and accounts in another folder; only before {@link #start}. It does not run yet. */
    public TestCentre twin(Path folder) throws IOException {
        HomeTemplates.copy(home.root(), folder);
        return new TestCentre(new Home(folder));
    }

    public void start() throws IOException, ConfigException, StartFailure, InterruptedException {
        gateway = Gateway.start(home);
    }

    public Home home() {
        return home;
    }

    public URI url() {
        return URI.create(gateway.url());
    }

    /** A client of the local administrator. */
    public CentreClient admin() throws IOException {
        return client(Files.readString(home.adminToken()).strip());
    }

    /** A client of a new account of that role; only before {@link #start}, so that nobody has to wait for it. */
    public String account(String name, Role role) throws IOException, ConfigException {
        return account(name, role, CaseUnits.ALL);
    }

    /** The same for one that works on the case files of some units. */
    public String account(String name, Role role, CaseUnits units) throws IOException, ConfigException {
        String token = Secrets.random();
        Account account = new Account(
                name,
                role,
                units,
                Tlp.GREEN,
                Optional.empty(),
                false,
                List.of(new Account.Token("test", Secrets.sha256(token), Instant.now(), Optional.empty())),
                Instant.now());
        new AccountsFile(home.accounts()).update(accounts -> {
            accounts.put(name, account);
            return accounts;
        });
        return token;
    }

    /** A client of the holder of {@code token}. */
    public CentreClient client(String token) {
        return new CentreClient(new CentreAddress(url(), token, home.certificate(), false, Optional.of(home.root())));
    }

    /** What a command said, and its exit code. */
    public record Said(int code, String out, String err) {}

    /** Runs a command of the product on this home. */
    public Said koprik(String... arguments) {
        CommandLine line = Main.commandLine();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 2];
        all[0] = "--home";
        all[1] = home.root().toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return new Said(line.execute(all), out.toString(), err.toString());
    }

    /** A stop of what runs; may be started again. */
    public void stop() {
        close();
    }

    @Override
    public void close() {
        if (gateway != null) {
            gateway.close();
        }
    }
}
