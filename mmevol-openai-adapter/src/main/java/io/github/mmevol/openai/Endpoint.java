package io.github.mmevol.openai;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The address of the chat completions.
 *
 * @param uri the whole address
 */
record Endpoint(URI uri) {

    /**
     * Reads an address; where it is none, the message does not repeat it, for it may hold credentials.
     *
     * @throws IllegalArgumentException if it is no URI
     */
    static URI parse(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("baseUrl is not a URI: " + e.getReason() + " at index " + e.getIndex());
        }
    }

    /**
     * Derived from a base URL such as {@code https://api.openai.com/v1}; a query is kept.
     *
     * @throws IllegalArgumentException if it is no HTTP address, or holds credentials
     */
    static Endpoint under(URI base) {
        String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
        if (!(scheme.equals("http") || scheme.equals("https")) || base.getHost() == null) {
            throw new IllegalArgumentException(
                    "baseUrl must be an absolute http or https address such as http://localhost:8000/v1: "
                            + shown(base));
        }
        if (base.getRawUserInfo() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "baseUrl must hold neither credentials nor a fragment; a key goes into apiKey(...): "
                            + shown(base));
        }
        String path = base.getRawPath().replaceAll("/+$", "") + "/chat/completions";
        String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
        return new Endpoint(URI.create(scheme + "://" + base.getRawAuthority() + path + query));
    }

    /** An address without what may be secret in it: credentials, query, fragment. */
    static String shown(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        return (uri.getScheme() == null ? "" : uri.getScheme() + ":")
                + (host.isEmpty() ? "" : "//" + host)
                + orEmpty(uri.getRawPath());
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    @Override
    public String toString() {
        return shown(uri);
    }
}
