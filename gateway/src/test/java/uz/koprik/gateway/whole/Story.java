package uz.koprik.gateway.whole;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uz.koprik.gateway.cli.CentreAnswers;

/**
 * What happens after the demonstration, so that each screen has something to show: a proposal that waits, a sharing
 * group with a history, tokens, and a recall. All by the API.
 */
final class Story {

    private static final Pattern MOSCOW = Pattern.compile("moscow +(https://\\S+) +account local, token in (\\S+)");
    private static final String SEND =
            """
            async ({ method, path, body }) => {
              const headers = { 'Koprik-Console': '1', 'Content-Type': 'application/json' };
              const answer = await fetch(path, { method, headers, body: body ?? undefined });
              const text = await answer.text();
              if (!answer.ok) throw new Error(method + ' ' + path + ': ' + text);
              return text;
            }""";

    private final Page page;
    private String group = "";
    private String recalled = "";

    /** @param page of a person who is signed in to the console of Tashkent */
    Story(Page page) {
        this.page = page;
    }

    /**
     * The centre of Moscow proposes to widen its agreement with Tashkent.
     *
     * @param said what the demonstration said
     */
    static void propose(APIRequestContext requests, String said) throws IOException {
        Matcher moscow = MOSCOW.matcher(said);
        if (!moscow.find()) {
            throw new IllegalStateException("the demonstration does not say where Moscow is");
        }
        String token = Files.readString(Path.of(moscow.group(2))).strip();
        RequestOptions asked = RequestOptions.create().setHeader("Authorization", "Bearer " + token);
        String route = moscow.group(1) + "/api/agreements";
        for (JsonNode one : answer(requests.get(route, asked)).path("agreements")) {
            if (one.path("partner").asText().equals("tashkent")) {
                byte[] body = CentreAnswers.json(Map.of(
                        "partner",
                        "tashkent",
                        "change",
                        one.path("id").asText(),
                        "purposes",
                        List.of("investigation of cross-border payment fraud", "warning of banks"),
                        "max_tlp",
                        "TLP:AMBER+STRICT",
                        "retention_days",
                        90));
                answer(requests.post(
                        route,
                        RequestOptions.create()
                                .setHeader("Authorization", "Bearer " + token)
                                .setHeader("Content-Type", "application/json")
                                .setData(body)));
                return;
            }
        }
        throw new IllegalStateException("Moscow has no agreement with Tashkent");
    }

    private static JsonNode answer(APIResponse response) {
        if (!response.ok()) {
            throw new IllegalStateException(response.url() + ": " + response.text());
        }
        return CentreAnswers.parse(response.body());
    }

    private JsonNode send(String method, String path, Map<String, ?> body) {
        Map<String, String> asked = body == null
                ? Map.of("method", method, "path", path)
                : Map.of(
                        "method",
                        method,
                        "path",
                        path,
                        "body",
                        new String(CentreAnswers.json(body), StandardCharsets.UTF_8));
        String text = (String) page.evaluate(SEND, asked);
        return text.isEmpty()
                ? CentreAnswers.parse("{}".getBytes(StandardCharsets.UTF_8))
                : CentreAnswers.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes the group, the tokens and the recall. */
    void live() {
        String groups = "/api/groups";
        group = send(
                        "POST",
                        groups,
                        Map.of(
                                "name",
                                "Fraud desks",
                                "description",
                                "Centres whose banks stop payments to mule accounts within the hour.",
                                "members",
                                List.of("moscow", "budapest")))
                .path("id")
                .asText();
        send("POST", groups + "/" + group + "/members", Map.of("centre", "seoul"));
        Instant end = Instant.now().plus(60, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
        send("DELETE", groups + "/" + group + "/members/budapest?until=" + end, null);
        String old = send("POST", groups, Map.of("name", "Exercise of 2025", "members", List.of("moscow")))
                .path("id")
                .asText();
        send("DELETE", groups + "/" + old, null);
        send(
                "POST",
                "/api/account/tokens",
                Map.of("label", "nightly search", "days", 365, "scopes", List.of("read", "analyse")));
        send("POST", "/api/accounts", Map.of("name", "siem", "role", "reader", "max_tlp", "TLP:GREEN"));
        send("POST", "/api/accounts/siem/tokens", Map.of("label", "feed of the bank", "days", 30));
        recalled = send(
                        "POST",
                        "/api/indicators",
                        Map.of("value", "203.0.113.200", "name", "Host of the fake brokerage", "tlp", "green"))
                .at("/objects/0/id")
                .asText();
        // The partners get it first, else nobody would have to give it back.
        page.waitForTimeout(10_000);
        send("POST", "/api/recalls", Map.of("ids", List.of(recalled), "reason", "The address belongs to a bank."));
    }

    /** The id of the sharing group. */
    String group() {
        return group;
    }

    /** The id of an object that was recalled. */
    String recalled() {
        return recalled;
    }

    /** Adds an account. @return its one-time password */
    String account(String name, String role) {
        return send("POST", "/api/accounts", Map.of("name", name, "role", role))
                .path("one_time_secret")
                .asText();
    }

    /** Ends the session of the page. */
    void signOut() {
        send("DELETE", "/api/session", null);
    }
}
