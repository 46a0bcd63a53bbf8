package io.github.mmevol.openai;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the chat completions lie, and what every request to them carries beside its body: how the key is sent, further
 * headers and query parameters.
 *
 * <pre>{@code
 * Endpoint.azure("https://mine.openai.azure.com", "my-gpt-4o", "2024-10-21")
 *         .withHeader("x-team", "evolution")
 *         .withHeader("Authorization", () -> "Bearer " + token.current());
 * }</pre>
 *
 * <p>A value may come from a supplier, which is asked anew for each attempt, from many threads; null or a blank text leaves
 * the header or parameter out. Values count as secrets: they are never logged or shown, and credentials, and all values of eight
 * characters and more, are blanked in what a server echoes, the name of their scheme aside. Immutable, and as thread-safe as the suppliers are.
 */
public final class Endpoint {
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    /** What belongs to the transport or to the form of the body. */
    private static final Set<String> RESERVED =
            Set.of("connection", "content-length", "content-type", "expect", "host", "upgrade", "transfer-encoding");

    /** Headers whose value is secret however short. */
    private static final Set<String> CREDENTIALS =
            Set.of("api-key", "authorization", "proxy-authorization", "x-api-key");

    private static final String API_VERSION = "api-version";
    private static final String COMPLETIONS = "/chat/completions";
    /** What is no part of a base address, though it is often copied along with it. */
    private static final Pattern OPERATION = Pattern.compile("(?i)(/chat)?/completions$|/responses$");

    private final URI uri;
    private final boolean azure;
    private final Map<String, Supplier<@Nullable String>> headers;
    private final Map<String, Supplier<@Nullable String>> query;

    private Endpoint(
            URI uri,
            boolean azure,
            Map<String, Supplier<@Nullable String>> headers,
            Map<String, Supplier<@Nullable String>> query) {
        this.uri = uri;
        this.azure = azure;
        this.headers = headers;
        this.query = query;
    }

    /** OpenAI's own: {@code https://api.openai.com/v1}. */
    public static Endpoint openAi() {
        return at("https://api.openai.com/v1");
    }

    /**
     * The address under which {@code /chat/completions} lies, for example {@code http://localhost:8000/v1}; a query is kept.
     * The key is sent as bearer token.
     *
     * @throws IllegalArgumentException if it is not an absolute http or https address, holds credentials or a fragment, or ends
     *     in {@code /chat/completions}, {@code /completions} or {@code /responses}
     */
    public static Endpoint at(String baseUrl) {
        return under(Objects.requireNonNull(baseUrl, "baseUrl"), COMPLETIONS, false);
    }

    /**
     * A deployment of Azure OpenAI: {@code RESOURCE/openai/deployments/DEPLOYMENT/chat/completions?api-version=VERSION}. The
     * key is sent as {@code api-key}; for Entra ID give no key and {@code withHeader("Authorization", ...)}.
     *
     * @param resource the resource's address, for example {@code https://mine.openai.azure.com}
     * @param deployment the name of the deployment
     * @param apiVersion for example {@code 2024-10-21}
     * @throws IllegalArgumentException if the address is none, as in {@link #at}, or another text is blank
     */
    public static Endpoint azure(String resource, String deployment, String apiVersion) {
        if (deployment.isBlank() || apiVersion.isBlank()) {
            throw new IllegalArgumentException("deployment and apiVersion must not be blank");
        }
        String path = "/openai/deployments/" + Secrets.encoded(deployment) + COMPLETIONS;
        return under(Objects.requireNonNull(resource, "resource"), path, true).withQuery(API_VERSION, apiVersion);
    }

    /** This endpoint with a header; one of the same name, also the key's, is replaced. */
    public Endpoint withHeader(String name, String value) {
        String checked = checkedValue(name, value);
        return withHeader(name, () -> checked);
    }

    /**
     * This endpoint with a header whose value is asked for at each attempt; one of the same name, also the key's, is
     * replaced.
     *
     * @throws IllegalArgumentException if the name is none, or is one that the transport sets
     */
    public Endpoint withHeader(String name, Supplier<@Nullable String> value) {
        if (!HEADER_NAME.matcher(name).matches() || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not the name of a header that can be set: '" + name + "'");
        }
        return new Endpoint(uri, azure, with(headers, name, value), query);
    }

    /** This endpoint with a query parameter; one of the same name that was set so before is replaced. */
    public Endpoint withQuery(String name, String value) {
        return withQuery(name, () -> value);
    }

    /**
     * This endpoint with a query parameter whose value is asked for at each attempt; one of the same name that was set so
     * before is replaced.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public Endpoint withQuery(String name, Supplier<@Nullable String> value) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a query parameter must not be blank");
        }
        return new Endpoint(uri, azure, headers, with(query, name, value));
    }

    /** This endpoint with the organisation that is billed: the header {@code OpenAI-Organization}. */
    public Endpoint withOrganization(String organization) {
        return withHeader("OpenAI-Organization", organization);
    }

    /** This endpoint with the project that is billed: the header {@code OpenAI-Project}. */
    public Endpoint withProject(String project) {
        return withHeader("OpenAI-Project", project);
    }

    /** What lies beside the chat completions, with the same headers and parameters: for example {@code /files}. */
    Endpoint sibling(String path) {
        String address = uri.toString();
        int end = address.indexOf(COMPLETIONS);
        String base = address.substring(0, end);
        if (azure) {
            base = base.substring(0, base.indexOf("/deployments/"));
        }
        return new Endpoint(
                URI.create(base + path + address.substring(end + COMPLETIONS.length())), azure, headers, query);
    }

    /** Who is connected to: host and port, as {@code localhost:8000}. */
    String hostAndPort() {
        int byScheme = uri.toString().startsWith("https:") ? 443 : 80;
        return uri.getHost() + ":" + (uri.getPort() < 0 ? byScheme : uri.getPort());
    }

    /** Where the chat completions lie, as a batch names them. */
    String completionsPath() {
        return azure ? COMPLETIONS : "/v1" + COMPLETIONS;
    }

    /** Starts a request; what it sends of keys and values is kept in the secrets. */
    HttpRequest.Builder request(String key, Secrets secrets) {
        secrets.keepKey(key);
        HttpRequest.Builder request = HttpRequest.newBuilder(address(secrets))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json");
        if (!key.isEmpty()) {
            request.setHeader(azure ? "api-key" : "Authorization", azure ? key : "Bearer " + key);
        }
        headers.forEach((name, supplier) -> {
            String value = checkedValue(name, supplier.get());
            secrets.keep(value);
            if (CREDENTIALS.contains(name.toLowerCase(Locale.ROOT))) {
                secrets.keepKey(Secrets.credentials(value));
            }
            if (!value.isEmpty()) {
                request.setHeader(name, value);
            }
        });
        return request;
    }

    private URI address(Secrets secrets) {
        String base = uri.toString();
        keepQuery(secrets);
        StringBuilder whole = new StringBuilder(base);
        query.forEach((name, supplier) -> {
            @Nullable String value = supplier.get();
            if (value != null && !value.isBlank()) {
                whole.append(whole.indexOf("?") < 0 ? '?' : '&')
                        .append(Secrets.encoded(name))
                        .append('=')
                        .append(Secrets.encoded(value));
                if (!name.equals(API_VERSION)) {
                    secrets.keep(value);
                }
            }
        });
        return whole.length() == base.length() ? uri : URI.create(whole.toString());
    }

    /** What stands in the base URL's own query. */
    private void keepQuery(Secrets secrets) {
        if (uri.getRawQuery() != null) {
            for (String parameter : uri.getRawQuery().split("&", -1)) {
                String name = parameter.substring(0, parameter.indexOf('=') + 1);
                if (!name.equals(API_VERSION + "=")) {
                    secrets.keep(parameter.substring(name.length()));
                }
            }
        }
    }

    private static Endpoint under(String base, String path, boolean azure) {
        URI root = parse(base);
        String scheme = root.getScheme() == null ? "" : root.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || root.getHost() == null) {
            throw new IllegalArgumentException(
                    "an endpoint is an absolute http or https address such as http://localhost:8000/v1: "
                            + shown(root));
        }
        if (root.getRawUserInfo() != null || root.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "an endpoint's address holds neither credentials nor a fragment; a key goes into apiKey(...): "
                            + shown(root));
        }
        String query = root.getRawQuery() == null ? "" : "?" + root.getRawQuery();
        String rootPath = root.getRawPath().replaceAll("/+$", "");
        Matcher operation = OPERATION.matcher(rootPath);
        if (operation.find()) {
            throw new IllegalArgumentException("leave " + operation.group() + " off the end of the endpoint's address, "
                    + COMPLETIONS + " is put there by itself: " + shown(root));
        }
        String address = scheme + "://" + root.getRawAuthority() + rootPath + path + query;
        return new Endpoint(URI.create(address), azure, Map.of(), Map.of());
    }

    /** Where it is no address, the message does not repeat it, for it may hold credentials. */
    private static URI parse(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "the endpoint's address is not a URI: " + e.getReason() + " at index " + e.getIndex());
        }
    }

    private static Map<String, Supplier<@Nullable String>> with(
            Map<String, Supplier<@Nullable String>> before, String name, Supplier<@Nullable String> value) {
        Map<String, Supplier<@Nullable String>> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(before);
        more.put(name, value);
        return Collections.unmodifiableMap(more);
    }

    /**
     * The value without the space around it, such as the line break of a key file; empty for none.
     *
     * @throws IllegalArgumentException if no HTTP header can carry it; the message does not show it
     */
    static String checkedValue(String name, @Nullable String value) {
        String bare = value == null ? "" : value.strip();
        if (!bare.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                    "the value of " + name + " holds a control character or a character outside ASCII");
        }
        return bare;
    }

    /** An address without what may be secret in it: credentials, query, fragment. */
    static String shown(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        return (uri.getScheme() == null ? "" : uri.getScheme() + ":")
                + (host.isEmpty() ? "" : "//" + host)
                + (uri.getRawPath() == null ? "" : uri.getRawPath());
    }

    @Override
    public String toString() {
        return shown(uri);
    }
}
