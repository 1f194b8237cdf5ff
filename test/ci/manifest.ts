import { z } from "zod";

/**
 * The fields of Kubernetes that the recipe uses, and no others: a name that is misspelt is refused here, where the
 * cluster would ignore it or refuse the whole. After the API reference of v1.33: `batch/v1` Job, `v1` Pod and
 * PersistentVolumeClaim.
 */
const name = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, "is no DNS label (RFC 1123)");
const metadata = z.strictObject({ name });
const whole = z.int().positive();
const cpu = z.string().regex(/^\d+m?$/);
const bytes = z.string().regex(/^\d+(Ki|Mi|Gi)$/);
const amounts = z.strictObject({ cpu, memory: bytes });
/** A variable's value is a string: a bare number is refused by the cluster. */
const variable = z.strictObject({ name: z.string().regex(/^[A-Z_]+$/), value: z.string() });

const container = z.strictObject({
  name,
  image: z.string(),
  command: z.tuple([z.literal("sh"), z.literal("-c")]),
  args: z.tuple([z.string()]),
  env: z.array(variable),
  resources: z.strictObject({ requests: amounts, limits: amounts }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.strictObject({ drop: z.tuple([z.literal("ALL")]) }),
  }),
  volumeMounts: z.array(z.strictObject({ name, mountPath: z.string().startsWith("/") })),
});

const volume = z.union([
  z.strictObject({ name, persistentVolumeClaim: z.strictObject({ claimName: name }) }),
  z.strictObject({ name, emptyDir: z.strictObject({}) }),
]);

const pod = z.strictObject({
  restartPolicy: z.enum(["Never", "OnFailure"]), // a Job's pods may not say Always
  automountServiceAccountToken: z.boolean(),
  securityContext: z.strictObject({
    runAsNonRoot: z.literal(true),
    runAsUser: whole,
    runAsGroup: whole,
    fsGroup: whole,
    seccompProfile: z.strictObject({ type: z.literal("RuntimeDefault") }),
  }),
  containers: z.array(container).length(1),
  volumes: z.array(volume),
});

const shared = {
  backoffLimit: z.int().nonnegative(),
  activeDeadlineSeconds: whole,
  ttlSecondsAfterFinished: whole,
  template: z.strictObject({ spec: pod }),
};
const plain = z.strictObject(shared);
const indexed = z.strictObject({
  ...shared,
  completionMode: z.literal("Indexed"),
  completions: whole,
  parallelism: whole,
});

const job = <Spec extends z.ZodType>(spec: Spec) =>
  z.strictObject({ apiVersion: z.literal("batch/v1"), kind: z.literal("Job"), metadata, spec });

export const indexedJob = job(indexed);
export const plainJob = job(plain);
export const claim = z.strictObject({
  apiVersion: z.literal("v1"),
  kind: z.literal("PersistentVolumeClaim"),
  metadata,
  spec: z.strictObject({
    accessModes: z.tuple([z.literal("ReadWriteMany")]),
    resources: z.strictObject({ requests: z.strictObject({ storage: bytes }) }),
  }),
});

export type Pod = z.infer<typeof pod>;
