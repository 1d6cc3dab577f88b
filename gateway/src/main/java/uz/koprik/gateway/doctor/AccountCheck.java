package uz.koprik.gateway.doctor;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.AccountsFile;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.centre.CentreInitializer;
import uz.koprik.gateway.config.ConfigException;

/** Accounts have passwords and tokens that hold, and none that are forgotten. */
final class AccountCheck implements DoctorCheck {

    private static final Duration OLD_TOKEN = Duration.ofDays(365);
    private static final Duration ENDS_SOON = Duration.ofDays(14);
    private static final Duration UNUSED = Duration.ofDays(14);

    @Override
    public String what() {
        return "accounts";
    }

    @Override
    public List<Finding> look(Examined examined) throws IOException, ConfigException {
        List<Account> accounts =
                List.copyOf(new AccountsFile(examined.home().accounts()).read().values());
        List<Finding> found = new ArrayList<>();
        Instant now = examined.now();
        for (Account account : accounts) {
            account.tokens().forEach(token -> token(account, token, now, found));
            if (account.oneTime() && now.isAfter(account.created().plus(UNUSED))) {
                found.add(Finding.warning(
                        what(),
                        account.name() + " has not replaced its one-time password since " + account.created(),
                        "let its holder run `koprik account passwd " + account.name() + "`, or remove the account"));
            }
            if (account.secret().isEmpty() && account.tokens().isEmpty()) {
                found.add(Finding.warning(
                        what(),
                        account.name() + " has neither password nor token, so nobody can use it",
                        "run `koprik account passwd " + account.name() + " --reset` or `koprik account remove "
                                + account.name() + "`"));
            }
        }
        if (accounts.stream().noneMatch(account -> account.role() == Role.ADMIN)) {
            found.add(Finding.warning(
                    what(), "no account is an administrator", "run `koprik account add NAME --role admin`"));
        }
        if (examined.config().accounts().twoPersons()
                && !examined.config().oidc().on()
                && administrators(accounts) < 2) {
            found.add(Finding.warning(
                    what(),
                    "accounts.two_persons is true, and there are no two administrators to confirm one another's acts",
                    "run `koprik account add NAME --role admin`"));
        }
        if (examined.config().release().desk() && !examined.config().oidc().on() && releasers(accounts) < 2) {
            found.add(Finding.warning(
                    what(),
                    "release.desk is true, and there are no two accounts that may release, so that what one of them"
                            + " submits can wait for nobody",
                    "run `koprik account add NAME --role releaser`"));
        }
        if (found.isEmpty()) {
            found.add(Finding.ok(what(), accounts.size() + " accounts"));
        }
        return found;
    }

    /** Without the account of the command line of this machine, which is nobody's own. */
    private static long administrators(List<Account> accounts) {
        return accounts.stream()
                .filter(account ->
                        account.role() == Role.ADMIN && !account.name().equals(CentreInitializer.LOCAL_ACCOUNT))
                .count();
    }

    /** The same of those who may release. */
    private static long releasers(List<Account> accounts) {
        return accounts.stream()
                .filter(account -> account.role().rights().contains(Right.RELEASE)
                        && !account.name().equals(CentreInitializer.LOCAL_ACCOUNT))
                .count();
    }

    private void token(Account account, Account.Token token, Instant now, List<Finding> found) {
        String whose = "the token \"" + token.label() + "\" of " + account.name();
        String command = "koprik account token " + account.name() + " --label ";
        if (token.expires().isPresent()) {
            Instant end = token.expires().get();
            if (!now.isBefore(end)) {
                found.add(Finding.warning(
                        what(),
                        whose + " ended at " + end,
                        "take it back by `" + command + "\"" + token.label() + "\" --revoke`"));
            } else if (now.plus(ENDS_SOON).isAfter(end)) {
                found.add(Finding.warning(
                        what(),
                        whose + " ends at " + end,
                        "make a new one by `" + command + "NEW --days 365`, and give it to the program"));
            }
        } else if (!account.name().equals(CentreInitializer.LOCAL_ACCOUNT)
                && now.isAfter(token.created().plus(OLD_TOKEN))) {
            found.add(Finding.warning(
                    what(),
                    whose + " has no end and is of " + token.created(),
                    "make a new one by `" + command + "NEW --days 365`, and take this one back by `--revoke`"));
        }
    }
}
