package io.github.mmevol.openai;

import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * What an error means: one table for the servers we know of. The first row that fits counts; a row fits by a code or type of the
 * error, or by how its message begins. Only beginnings are looked at, for a message may go on with the user's own words.
 */
enum ErrorKind {
    RATE_LIMIT,
    QUOTA,
    AUTHENTICATION,
    UNKNOWN_MODEL,
    NO_IMAGES,
    CONTENT_FILTER,
    CONTEXT_LENGTH,
    INVALID_IMAGE,
    SERVER,
    REDIRECT,
    INVALID_REQUEST;

    private static final Row[] TABLE = {
        // DashScope words its limit of tokens per minute as a quota, which OpenAI's client would take for the
        // account's.
        row(QUOTA, status -> status == 429 || status == 403)
                .message("free (allocated )?quota exceeded", "the free (tier|quota|allocated quota)"),
        row(RATE_LIMIT, status -> status == 429)
                .message("(workspace )?allocated quota exceeded", "[^\n]{0,200}(aliyun|alibabacloud)\\.com/"),
        row(QUOTA, status -> true)
                .codes(
                        "insufficient_quota",
                        "insufficient_balance",
                        "insufficient_credits",
                        "billing_hard_limit_reached",
                        "billing_not_active",
                        "payment_required",
                        "arrearage",
                        "prepaidbilloverdue",
                        "postpaidbilloverdue",
                        "allocationquota.freetieronly"),
        row(QUOTA, status -> status == 402),
        row(QUOTA, status -> status == 400)
                .message("you exceeded your current quota", "insufficient (quota|balance|credits)"),
        row(INVALID_IMAGE, ErrorKind::refusesContent)
                .codes(
                        "invalid_image",
                        "invalid_image_format",
                        "invalid_base64_image",
                        "invalid_image_url",
                        "invalid_image_mode",
                        "image_too_large",
                        "image_too_small",
                        "image_parse_error",
                        "image_file_too_large",
                        "image_file_not_found",
                        "image_not_found",
                        "image_download_failed",
                        "failed_to_download_image",
                        "unsupported_image_media_type",
                        "unsupported_image_format",
                        "empty_image_file")
                .message(
                        "invalid image",
                        "you uploaded an unsupported image",
                        "cannot identify image file",
                        "broken data stream when reading image",
                        "image file is truncated",
                        "an exception occurred while loading image data",
                        "(error while loading data imagedata|failed to (load|open|decode|download) (the )?image)",
                        "illegal base64 data",
                        "'url' field must be a base64 encoded image",
                        "the image (length and width do not meet|format is illegal)",
                        "(unable to|failed to) download (the media resource|multimodal content)"),
        row(CONTENT_FILTER, status -> refusesContent(status) || status == 403)
                .codes(
                        "content_filter",
                        "content_policy_violation",
                        "image_content_policy_violation",
                        "responsibleaipolicyviolation",
                        "data_inspection_failed",
                        "datainspectionfailed",
                        "flagged_input")
                .message(
                        "the response was filtered due to the prompt triggering",
                        "invalid prompt: your prompt was flagged",
                        "your request was rejected as a result of our safety system",
                        "(input|output|input or output) data may contain inappropriate content"),
        row(CONTEXT_LENGTH, ErrorKind::refusesContent)
                .codes("context_length_exceeded", "exceed_context_size_error")
                .message(
                        "this (model|endpoint)'s maximum context length is \\d+",
                        "'max_tokens' or 'max_completion_tokens' is too large: \\d+\\. this model's maximum context",
                        "requested token count exceeds the model's maximum context length of \\d+",
                        "the \\w+( prompt)? \\([^)]{1,40}\\) is longer than the (model's context|maximum model) length",
                        "the prompt \\([^)]{1,40}\\) is too long to fit into the model",
                        "(the )?request (\\(\\d+ tokens\\) )?exceeds the available context size",
                        "(the )?input length (\\(?\\d+\\)? )?exceeds (the )?(model's )?(maximum )?(allowed )?(context|input) length",
                        "prompt too long; exceeded (max )?context length",
                        "(the number of )?tokens to keep from the initial prompt is greater than the context length",
                        "trying to keep the first \\d+ tokens when context the overflows",
                        "range of input length should be \\["),
        row(NO_IMAGES, status -> refusesContent(status) || status == 404)
                .message(
                        "\\S+ is not a multimodal model",
                        "at most 0 image\\(s\\) may be provided in one (prompt|request)",
                        "unknown image model type: ",
                        "multimodal inputs are not supported when --language-model-only",
                        "(failed to create new sequence: )?(failed to process inputs: )?"
                                + "this model is missing data required for image input",
                        "this model does not support image input",
                        "image input is not supported",
                        "model does not support images",
                        "invalid content type\\. image_url is only supported by certain models",
                        "failed to deserialize the json body into the target type: messages\\[\\d+\\]"
                                + "[^:]{0,40}: unknown variant `image_url`, expected `text`",
                        "(invalid request content: )?image inputs are not supported by this model",
                        "no endpoints found that support image input"),
        row(UNKNOWN_MODEL, status -> status < 500)
                .codes("model_not_found", "unknown_model", "deploymentnotfound", "model_not_supported")
                .message(
                        "\\S+ is not a valid model id",
                        "(the )?model ['\"`][^'\"`\n]{1,200}['\"`] (not found|does not exist)"),
        row(UNKNOWN_MODEL, status -> status == 404),
        row(AUTHENTICATION, status -> status == 401 || status == 403),
        row(AUTHENTICATION, status -> status == 400)
                .codes("invalid_api_key", "api_key_invalid", "authentication_error")
                .message("(incorrect|invalid) api key", "no auth credentials found"),
        row(RATE_LIMIT, status -> status == 429),
        row(RATE_LIMIT, status -> status == 400)
                .codes("rate_limit_exceeded", "rate_limit_error", "too_many_requests")
                .message("rate limit (reached|exceeded)", "too many requests"),
        row(SERVER, status -> status == 408 || status == 409 || status >= 500),
        row(REDIRECT, status -> status < 400),
        row(INVALID_REQUEST, status -> true),
    };

    /**
     * The kind of an error.
     *
     * @param codes its codes and types, in lower case
     * @param message its message, in lower case
     */
    static ErrorKind of(int status, Set<String> codes, String message) {
        for (Row row : TABLE) {
            if (row.fits(status, codes, message)) {
                return row.kind;
            }
        }
        throw new AssertionError("the last row fits always");
    }

    /** Some servers answer 500 where a request is at fault. */
    private static boolean refusesContent(int status) {
        return status == 400 || status == 413 || status == 415 || status == 422 || status == 500;
    }

    private static Row row(ErrorKind kind, IntPredicate status) {
        return new Row(kind, status, Set.of(), List.of());
    }

    private record Row(ErrorKind kind, IntPredicate status, Set<String> codes, List<Pattern> messages) {
        /** What servers and gateways put before the message proper: the classes of their exceptions, the status. */
        private static final String PREFIX = "(?:(?:<\\d+>|[\\w.]{0,80}(?:error|exception|parameter))[\\s:-]+)*";

        Row codes(String... codes) {
            return new Row(kind, status, Set.of(codes), messages);
        }

        Row message(String... beginnings) {
            List<Pattern> patterns = List.of(beginnings).stream()
                    .map(beginning -> Pattern.compile(PREFIX + "(?:" + beginning + ")"))
                    .toList();
            return new Row(kind, status, codes, patterns);
        }

        boolean fits(int answered, Set<String> given, String message) {
            boolean asksNoMore = codes.isEmpty() && messages.isEmpty();
            return status.test(answered) && (asksNoMore || isOneOf(given) || begins(message));
        }

        private boolean isOneOf(Set<String> given) {
            return codes.stream().anyMatch(given::contains);
        }

        private boolean begins(String message) {
            return messages.stream()
                    .anyMatch(beginning -> beginning.matcher(message).lookingAt());
        }
    }
}
